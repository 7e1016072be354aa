import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { TeamAnalyticsView } from '@/components/analytics/team-analytics-view'
import { loadTeamParams, teamInputOf } from '@/components/analytics/team-params'
import { TeamRange } from '@/components/analytics/team-range'
import { TableSkeleton } from '@/components/data-table/table-skeleton'
import { Region } from '@/components/feedback/region'
import { PageBar, PageBody } from '@/components/layout/page'
import { Card } from '@/components/ui/card'
import { analyticsTeam } from '@/lib/queries/analytics'

export const metadata: Metadata = { title: 'Analytics' }

export default async function TeamAnalyticsPage({ params, searchParams }: PageProps<'/[team]/analytics'>) {
  const { team } = await params
  const input = teamInputOf(team, await loadTeamParams(searchParams))
  return (
    <Prefetched reads={[read(analyticsTeam, input)]}>
      <PageBar title="Analytics" />
      <PageBody className="grid gap-3">
        <TeamRange />
        <Card className="overflow-hidden">
          <Region title="The figures could not be loaded" skeleton={<TableSkeleton columns={7} />}>
            <TeamAnalyticsView />
          </Region>
        </Card>
      </PageBody>
    </Prefetched>
  )
}
