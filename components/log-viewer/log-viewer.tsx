'use client'

import { useState } from 'react'
import { toast } from 'sonner'
import { cn } from '@/components/ui/cn'
import { LogView } from './log-view'
import { useLogHead } from './use-log-head'

type Props = { team: string; endpoint: string; className?: string }

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
  return (
    <LogView
      key={start.turn}
      team={team}
      endpoint={endpoint}
      newest={Math.max(start.newest, newest)}
      ignoreLine={start.turn > 0}
      looks={looks}
      onReopen={() => void reopen()}
      className={cn('flex min-h-96 flex-col overflow-hidden rounded-lg border bg-card', className)}
    />
  )
}
