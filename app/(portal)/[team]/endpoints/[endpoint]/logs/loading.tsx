import { LogSkeleton } from '@/components/log-viewer/log-skeleton'

export default function LogsLoading() {
  return <LogSkeleton className="h-[calc(100dvh-12rem)] overflow-hidden rounded-lg border bg-card" />
}
