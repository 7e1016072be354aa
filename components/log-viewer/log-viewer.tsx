'use client'

import { useQueryState } from 'nuqs'
import { useState } from 'react'
import { cn } from '@/components/ui/cn'
import { toast } from '@/lib/client/toast'
import { useResource } from '@/lib/client/use-resource'
import { logsOfRequest } from '@/lib/queries/logs'
import { requestInput } from './head-input'
import { LogView } from './log-view'
import { logParams } from './search-params'
import { useLogHead } from './use-log-head'

type Props = { team: string; endpoint: string; className?: string }
type ViewProps = Omit<Parameters<typeof LogView>[0], 'ofRequest'>

/** A request's lines come with its answer, but the collector may still be about to write them. */
const SETTLED_MS = 10_000

/** The log of one endpoint: all replicas in one view, live, searchable, linkable. */
export function LogViewer({ team, endpoint, className }: Props) {
  const { newest, looks, readNewest } = useLogHead(team, endpoint)
  // Opening at the end anew is a new view that starts from what is the newest line by then.
  const [start, setStart] = useState({ turn: 0, newest })
  const reopen = async () => {
    const now = await readNewest().catch(() => null)
    if (now === null) toast.error('The logs could not be read. Try again in a moment.')
    else setStart(before => ({ turn: before.turn + 1, newest: now }))
  }
  const [of] = useQueryState('of', logParams.of)
  const view: ViewProps = {
    team,
    endpoint,
    newest: Math.max(start.newest, newest),
    ignoreLine: start.turn > 0,
    looks,
    onReopen: () => void reopen(),
    className: cn('flex min-h-96 flex-col overflow-hidden rounded-lg border bg-card', className),
  }
  return of === null ? (
    <LogView key={start.turn} {...view} ofRequest={null} />
  ) : (
    <RequestView key={`${start.turn} ${of}`} id={of} view={view} />
  )
}

/** The lines of one request: which they are is for the server to find out. */
function RequestView({ id, view }: { id: string; view: ViewProps }) {
  const { data } = useResource(logsOfRequest, requestInput(view.team, view.endpoint, id), {
    pollMs: ({ found, record }) =>
      found !== 'id' && record && Date.now() - Date.parse(record.at) < record.totalMs + SETTLED_MS
        ? 1_000
        : false,
  })
  return <LogView {...view} ofRequest={{ id, lines: data }} />
}
