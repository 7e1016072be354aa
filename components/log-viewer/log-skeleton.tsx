import { Skeleton } from '@/components/ui/skeleton'

const WIDTHS = ['w-3/5', 'w-4/5', 'w-1/2', 'w-2/3', 'w-11/12', 'w-2/5', 'w-3/4', 'w-1/2', 'w-5/6', 'w-3/5']

/** The shape of the viewer while its first lines are on their way. */
export function LogSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading logs"
      className="h-[88dvh] md:h-[calc(100dvh-12.5rem)] min-h-96 overflow-hidden rounded-lg border bg-card"
    >
      <div className="flex gap-2 border-b p-2">
        <Skeleton className="h-8 w-full sm:w-72" />
        <Skeleton className="hidden h-8 w-24 sm:block" />
        <Skeleton className="hidden h-8 w-24 sm:block" />
      </div>
      <LineSkeleton />
    </div>
  )
}

/** Lines that are being read. */
export function LineSkeleton() {
  return (
    <div className="grid flex-1 content-start gap-2 p-3">
      {WIDTHS.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
        <Skeleton key={index} className={`h-3 ${width}`} />
      ))}
    </div>
  )
}
