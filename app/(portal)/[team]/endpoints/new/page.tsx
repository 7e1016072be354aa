import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { Region } from '@/components/feedback/region'
import { PageBar, PageBody } from '@/components/layout/page'
import { Skeleton } from '@/components/ui/skeleton'
import { WizardView } from '@/components/wizard/wizard-view'
import { catalogGet } from '@/lib/queries/catalog'
import { routes } from '@/lib/routes'
import { portalUrl } from '@/lib/server/env'

export const metadata: Metadata = { title: 'New endpoint' }

export default async function NewEndpointPage({ params }: PageProps<'/[team]/endpoints/new'>) {
  const { team } = await params
  return (
    <Prefetched reads={[read(catalogGet, { team })]}>
      <PageBar crumbs={[{ label: 'Endpoints', href: routes.team.endpoints(team) }]} title="New endpoint" />
      <PageBody className="max-w-6xl">
        <Region title="The catalogue could not be loaded" skeleton={<Skeleton className="h-96" />}>
          <WizardView portalUrl={portalUrl()} />
        </Region>
      </PageBody>
    </Prefetched>
  )
}
