import { Skeleton } from '@/components/ui/skeleton'

/** Four panels: the person, password, sessions, theme. */
export function ProfileSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid max-w-3xl gap-4">
      <Skeleton className="h-72" />
      <Skeleton className="h-72" />
      <Skeleton className="h-44" />
      <Skeleton className="h-28" />
    </div>
  )
}
