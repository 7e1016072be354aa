'use client'

import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { staleDetails } from '@/lib/domain/endpoint/stale'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import type { AppError } from '@/lib/domain/result'
import { endpointGet } from '@/lib/queries/endpoints'
import { browserTransport, keyOf } from '@/lib/queries/transport'
import { ChangeList } from './change-list'

type Props = { team: string; endpoint: string; error: AppError; onTakeOver: (newest: EndpointDetail) => void }

/** Why nothing was saved; after a stale update, what the other person changed and a way to go on from there. */
export function UpdateRefused({ team, endpoint, error, onTakeOver }: Props) {
  const client = useQueryClient()
  const stale = error.code === 'stale_revision' ? staleDetails.safeParse(error.details) : null
  const takeOver = async () => {
    const input = { team, endpoint }
    const newest = await client.fetchQuery({
      queryKey: keyOf(endpointGet, input),
      queryFn: () => browserTransport(endpointGet, input),
      staleTime: 0,
    })
    onTakeOver(newest)
  }
  return (
    <div
      role="alert"
      className="grid gap-2 rounded-md border border-state-bad/40 bg-state-bad/10 p-3 text-sm"
    >
      <p className="font-medium">Nothing was saved. {error.message}</p>
      {Object.entries(error.fields ?? {}).map(([field, message]) => (
        <p key={field}>{message}</p>
      ))}
      {stale?.success && (
        <>
          <ChangeList changes={stale.data.changes} baseRevision={stale.data.revision} />
          <Button size="sm" variant="outline" className="justify-self-start" onClick={takeOver}>
            Start again from revision {stale.data.revision}
          </Button>
        </>
      )}
      {error.requestId && <p className="text-muted-foreground text-xs">Request {error.requestId}</p>}
    </div>
  )
}
