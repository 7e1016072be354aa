import { Skeleton } from '@/components/ui/skeleton'

/** As many rows as a first look shows, each as high as a real one. */
export function TableSkeleton({ rows = 6, columns = 6 }: { rows?: number; columns?: number }) {
  return (
    <div role="status" aria-label="Loading" className="divide-y">
      <div className="h-8" />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity and never move
        <div key={row} className="flex h-11 items-center gap-6 px-3">
          <Skeleton className="h-3.5 w-40 shrink-0" />
          {Array.from({ length: columns - 1 }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <Skeleton key={column} className="hidden h-3.5 flex-1 md:block" />
          ))}
        </div>
      ))}
    </div>
  )
}
