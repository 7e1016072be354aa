import { TableSkeleton } from '@/components/data-table/table-skeleton'
import { PageBar, PageBody } from '@/components/layout/page'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

export default function EndpointsLoading() {
  return (
    <>
      <PageBar title="Endpoints" actions={<Skeleton className="h-8 w-32" />} />
      <PageBody className="grid gap-3">
        <div className="flex gap-2">
          <Skeleton className="h-8 w-64" />
          <Skeleton className="h-8 w-20" />
        </div>
        <Card>
          <TableSkeleton columns={8} />
        </Card>
      </PageBody>
    </>
  )
}
