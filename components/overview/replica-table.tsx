import { RelativeTime } from '@/components/feedback/relative-time'
import { StateBadge } from '@/components/feedback/state-badge'
import { Card, CardAction, CardHeader, CardTitle } from '@/components/ui/card'
import { REPLICA_STATE_INFO } from '@/lib/domain/endpoint/display-state'
import type { EndpointDetail, ReplicaView } from '@/lib/domain/endpoint/view'
import { plural } from '@/lib/domain/format/count'

/** Living replicas, then the last that stopped, each with why. */
export function ReplicaTable({ endpoint }: { endpoint: EndpointDetail }) {
  return (
    <Card aria-label="Replicas">
      <CardHeader>
        <CardTitle>Replicas</CardTitle>
        <CardAction className="text-muted-foreground text-xs tabular-nums">
          {endpoint.readyReplicas} of {endpoint.targetReplicas} ready
        </CardAction>
      </CardHeader>
      {endpoint.replicas.length === 0 ? (
        <p className="px-4 py-6 text-center text-muted-foreground text-sm">
          No replica has been started yet.
        </p>
      ) : (
        <ul className="divide-y">
          {endpoint.replicas.map(replica => (
            <li key={replica.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
              <span className="w-16 font-mono text-xs">{replica.name}</span>
              <StateBadge state={REPLICA_STATE_INFO[replica.state]} className="w-28" />
              <span
                className="min-w-0 flex-1 basis-48 truncate text-muted-foreground text-xs"
                title={messageOf(replica)}
              >
                {messageOf(replica)}
              </span>
              {replica.restarts > 0 && (
                <span className="text-state-warning text-xs">{plural(replica.restarts, 'restart')}</span>
              )}
              <span className="text-muted-foreground text-xs">
                <RelativeTime at={replica.stoppedAt ?? replica.readyAt ?? replica.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** The exit reason says more than the last message did. */
function messageOf({ exit, message, state }: ReplicaView): string {
  if (exit === null || state === 'running') return message
  if (exit.outOfMemory) return 'Stopped: it needed more memory than its instance type has.'
  if (exit.signal !== null) return `Ended by signal ${exit.signal}.`
  return exit.code === 0 ? 'Ended normally.' : `Ended with exit code ${exit.code ?? 'unknown'}.`
}
