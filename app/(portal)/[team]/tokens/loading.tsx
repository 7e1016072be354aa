import { TableSkeleton } from '@/components/data-table/table-skeleton'
import { PageBar, PageBody } from '@/components/layout/page'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

export default function TokensLoading() {
  return (
    <>
      <PageBar title="Tokens" actions={<Skeleton className="h-8 w-28" />} />
      <PageBody>
        <Card>
          <TableSkeleton columns={6} />
        </Card>
      </PageBody>
    </>
  )
}
