'use client'

import { LoaderIcon, ScrollTextIcon, SearchXIcon } from 'lucide-react'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorPanel } from '@/components/feedback/error-panel'
import { Button } from '@/components/ui/button'
import { exactTime } from './format-time'
import { MAX_LINES } from './session/line-window'
import type { Snapshot } from './session/state'
import type { LogParams } from './use-log-params'

/** How many lines are here, whether more are being looked for, and what the browser had to let go of. */
export function LogNotices({
  snapshot,
  isFiltered,
  isUnmarked,
  zone,
  onRetry,
  onOpenAgain,
}: {
  snapshot: Snapshot
  isFiltered: boolean
  /** What the expression matches is not marked: that took too long. */
  isUnmarked: boolean
  zone: 'local' | 'utc'
  onRetry: () => void
  /** At the time that was asked for. */
  onOpenAgain: () => void
}) {
  const { window, older } = snapshot
  const count = window.lines.length
  const noun = isFiltered ? (count === 1 ? 'match' : 'matches') : count === 1 ? 'line' : 'lines'
  const isCapped = window.cappedOlder || window.cappedNewer
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-muted-foreground text-xs tabular-nums">
      {older.isReading && isFiltered && (
        <span className="flex items-center gap-1.5" role="status">
          <LoaderIcon className="size-3.5 animate-spin" aria-hidden />
          Searching
          {older.atMs !== null && `, back to ${exactTime(older.atMs, zone).slice(0, 16)}`}
        </span>
      )}
      <span>
        {count.toLocaleString('en-US')} {noun}
        {older.isExhausted ? (isFiltered ? ' in all that is kept' : ', all that is kept') : ' loaded'}
      </span>
      {count > 0 && (
        <>
          <NotOpenedThere error={snapshot.startError} onRetry={onOpenAgain} />
          <NotReadOn snapshot={snapshot} onRetry={onRetry} />
        </>
      )}
      {isUnmarked && (
        <span className="text-state-warning">
          Matches are not marked: this expression takes too long in the browser
        </span>
      )}
      {isCapped && (
        <span className="text-state-warning">
          This tab holds {MAX_LINES.toLocaleString('en-US')} lines; the others are read again as you scroll
        </span>
      )}
    </p>
  )
}

/** A time was asked for, and this is the end of the log instead. */
function NotOpenedThere({ error, onRetry }: { error: Snapshot['startError']; onRetry: () => void }) {
  if (!error) return null
  if (error.code === 'not_found') return <span className="text-state-warning">{error.message}</span>
  return (
    <span role="alert" className="flex flex-wrap items-center gap-x-2 text-destructive">
      The time could not be looked up; this is the end of the log. {error.message}
      <Button variant="outline" size="xs" className="text-foreground" onClick={onRetry}>
        Try again
      </Button>
    </span>
  )
}

/** There are lines, but not all that were wanted. */
function NotReadOn({ snapshot, onRetry }: { snapshot: Snapshot; onRetry: () => void }) {
  const { older, newer } = snapshot
  const error = older.error ?? newer.error
  if (!error) return null
  return (
    <span role="alert" className="flex flex-wrap items-center gap-x-2 text-destructive">
      {older.error ? 'Older' : 'Newer'} lines could not be read. {error.message}
      <Button variant="outline" size="xs" className="text-foreground" onClick={onRetry}>
        Try again
      </Button>
    </span>
  )
}

/** Nothing to show: because it failed, because nothing matches, or because nothing was written yet. */
export function EmptyLog({
  snapshot,
  isFiltered,
  log,
  onRetry,
}: {
  snapshot: Snapshot
  isFiltered: boolean
  log: LogParams
  onRetry: () => void
}) {
  const hasEnded = snapshot.connection.kind === 'ended'
  const error = snapshot.older.error ?? snapshot.newer.error
  if (error) {
    return (
      <ErrorPanel
        title={error.code === 'invalid' ? 'This search cannot be made' : 'The logs could not be read'}
        message={error.message}
        requestId={error.requestId}
        onRetry={onRetry}
      />
    )
  }
  if (isFiltered) {
    return (
      <EmptyState
        icon={SearchXIcon}
        title={log.params.request ? 'No line carries this request’s id' : 'No kept line matches'}
        action={
          <Button variant="outline" onClick={log.clearFilter}>
            Show all lines
          </Button>
        }
      >
        Everything that is kept was searched.
        {!hasEnded && ' New lines that match appear here as they are written.'}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={ScrollTextIcon} title={hasEnded ? 'No lines' : 'No lines yet'}>
      {hasEnded
        ? 'Nothing was written, or it is no longer kept.'
        : 'What the replicas write to standard output and error appears here as it is written, and is kept after they are gone.'}
    </EmptyState>
  )
}
