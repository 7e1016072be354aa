import { TableSkeleton } from '@/components/data-table/table-skeleton'
import { PageBar, PageBody } from '@/components/layout/page'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

export default function TeamAnalyticsLoading() {
  return (
    <>
      <PageBar title="Analytics" />
      <PageBody className="grid gap-3">
        <Skeleton className="h-8 w-80" />
        <Card>
          <TableSkeleton columns={7} />
        </Card>
      </PageBody>
    </>
  )
}
