import { PageBar, PageBody } from '@/components/layout/page'
import { Skeleton } from '@/components/ui/skeleton'

export default function ConnectionsLoading() {
  return (
    <>
      <PageBar title="Connections" actions={<Skeleton className="h-8 w-36" />} />
      <PageBody>
        <Skeleton className="h-64" />
      </PageBody>
    </>
  )
}
