'use client'

import { useState } from 'react'
import { ErrorPanel } from '@/components/feedback/error-panel'
import { cn } from '@/components/ui/cn'
import { QueryError } from '@/lib/queries/transport'
import { LogSkeleton } from './log-skeleton'
import { LogView } from './log-view'
import { useLogHead } from './use-log-head'

/** The log of one endpoint: all replicas in one view, live, searchable, linkable. */
export function LogViewer({
  team,
  endpoint,
  className,
}: {
  team: string
  endpoint: string
  className?: string
}) {
  const { head, looks, refresh } = useLogHead(team, endpoint)
  // Opening at the end anew is a new view that starts from what is the newest line by then.
  const [start, setStart] = useState<{ turn: number; newest: number } | null>(null)
  const reopen = async () => {
    const newest = await refresh()
    setStart(before => ({ turn: (before?.turn ?? 0) + 1, newest }))
  }
  const frame = cn('flex min-h-96 flex-col overflow-hidden rounded-lg border bg-card', className)
  if (head.isPending) return <LogSkeleton className={frame} />
  if (!head.data) {
    const error = head.error instanceof QueryError ? head.error.error : null
    return (
      <div className={frame}>
        <ErrorPanel
          title="The logs could not be read"
          message={error?.message ?? 'The portal did not answer. Try again in a moment.'}
          requestId={error?.requestId}
          onRetry={() => void head.refetch()}
        />
      </div>
    )
  }
  return (
    <LogView
      key={start?.turn ?? 0}
      team={team}
      endpoint={endpoint}
      newest={start?.newest ?? head.data.kept?.last ?? 0}
      ignoreLine={start !== null}
      looks={looks}
      onReopen={() => void reopen()}
      className={frame}
    />
  )
}
