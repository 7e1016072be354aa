import { Skeleton } from '@/components/ui/skeleton'

const PANELS = ['requests', 'latency', 'first-byte', 'wait', 'in-flight', 'traffic']

/** The toolbar and panels of the Analytics tab, before anything is known. */
export function AnalyticsSkeleton() {
  return (
    <div className="grid gap-3">
      <Skeleton className="h-8 w-full max-w-3xl" />
      <div className="grid gap-3 lg:grid-cols-2">
        {PANELS.map(panel => (
          <Skeleton key={panel} className="h-72" />
        ))}
      </div>
    </div>
  )
}
