import { Skeleton } from '@/components/ui/skeleton'

/** Snippets, replicas and configuration on the left, the timeline on the right. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid gap-4">
        <Skeleton className="h-60" />
        <Skeleton className="h-32" />
        <Skeleton className="h-72" />
      </div>
      <Skeleton className="h-[34rem]" />
    </div>
  )
}
