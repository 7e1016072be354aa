'use client'

import { TriangleAlertIcon } from 'lucide-react'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { keepTheirs, restoreOurs } from '@/lib/actions/endpoints'
import { useAction } from '@/lib/client/use-action'
import { canUpdateEndpoint } from '@/lib/domain/access/rights'
import type { DriftView } from '@/lib/domain/endpoint/drift-view'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'

const INVALIDATES = ['endpoints.list', 'endpoints.get', 'endpoints.events', 'endpoints.revisions']

/** What the two ways out do, by what became of the endpoint. */
const WAYS = {
  gone: { keep: 'Delete it here too', restore: 'Create it again' },
  paused: { keep: 'Keep it paused', restore: 'Resume it' },
  running: { keep: 'Keep it running', restore: 'Pause it' },
  settings: { keep: 'Keep theirs', restore: 'Restore ours' },
}

/** What somebody changed at the provider, and the two ways out of it. */
export function DriftBanner({ endpoint, drift }: { endpoint: EndpointDetail; drift: DriftView }) {
  const mayChange = canUpdateEndpoint(useAsker(), { id: endpoint.id, teamId: useTeam().id })
  const keep = useAction(keepTheirs, { invalidates: INVALIDATES })
  const restore = useAction(restoreOurs, { invalidates: INVALIDATES })
  const input = { team: endpoint.team, endpoint: endpoint.id, since: drift.since }
  const isPending = keep.isPending || restore.isPending
  const problem = keep.error ?? restore.error
  const ways = WAYS[drift.state ?? 'settings']
  return (
    <Alert role="alert" variant={drift.state === 'gone' ? 'destructive' : 'warning'} className="mb-4">
      <TriangleAlertIcon aria-hidden />
      <AlertTitle className="[overflow-wrap:anywhere]">{drift.sentence}</AlertTitle>
      <AlertDescription>
        <p>
          {drift.keepProblem ??
            'Slipway has changed nothing. Keep it as it is there, which touches nothing at the provider, or have what Slipway says applied again.'}
        </p>
        {problem && <p className="mt-1 font-medium text-state-bad">{problem.message}</p>}
        {mayChange ? (
          <div className="mt-2 flex flex-wrap gap-2">
            <Button
              size="sm"
              variant="outline"
              disabled={isPending || drift.keepProblem !== null}
              onClick={() => keep.run(input)}
            >
              {ways.keep}
            </Button>
            <Button size="sm" variant="outline" disabled={isPending} onClick={() => restore.run(input)}>
              {ways.restore}
            </Button>
          </div>
        ) : (
          <p className="mt-1">Somebody who may change this endpoint has to choose.</p>
        )}
      </AlertDescription>
    </Alert>
  )
}
