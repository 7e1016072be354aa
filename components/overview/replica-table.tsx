import type { Column } from '@/components/data-table/column'
import { DataTable } from '@/components/data-table/data-table'
import { RelativeTime } from '@/components/feedback/relative-time'
import { StateBadge } from '@/components/feedback/state-badge'
import { Card, CardAction, CardHeader, CardTitle } from '@/components/ui/card'
import { REPLICA_STATE_INFO } from '@/lib/domain/endpoint/display-state'
import type { EndpointDetail, ReplicaView } from '@/lib/domain/endpoint/view'

const COLUMNS: readonly Column<ReplicaView>[] = [
  {
    key: 'name',
    header: 'Replica',
    isTitle: true,
    cell: replica => <span className="font-mono text-xs">{replica.name}</span>,
  },
  {
    key: 'state',
    header: 'State',
    cell: replica => <StateBadge state={REPLICA_STATE_INFO[replica.state]} />,
  },
  {
    key: 'message',
    header: 'Message',
    className: 'w-full text-muted-foreground md:min-w-48 md:whitespace-normal',
    cell: replica => <span title={replicaMessage(replica)}>{replicaMessage(replica) || '–'}</span>,
  },
  {
    key: 'restarts',
    header: 'Restarts',
    align: 'right',
    cell: ({ restarts }) => (
      <span className={restarts > 0 ? 'text-state-warning' : undefined}>{restarts}</span>
    ),
  },
  {
    key: 'since',
    header: 'Since',
    align: 'right',
    className: 'text-muted-foreground',
    cell: replica => <RelativeTime at={replica.stoppedAt ?? replica.readyAt ?? replica.createdAt} />,
  },
]

/** Living replicas, then the last that stopped, each with why. */
export function ReplicaTable({ endpoint }: { endpoint: EndpointDetail }) {
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>Replicas</CardTitle>
        <CardAction className="text-muted-foreground text-xs tabular-nums">
          {endpoint.readyReplicas} of {endpoint.targetReplicas} ready
        </CardAction>
      </CardHeader>
      {endpoint.replicas.length === 0 ? (
        <p className="px-4 py-6 text-center text-muted-foreground text-sm">
          {endpoint.desired === 'paused' ? 'Paused: no replica runs.' : 'No replica has been started yet.'}
        </p>
      ) : (
        <DataTable
          label="Replicas"
          columns={COLUMNS}
          rows={endpoint.replicas}
          rowKey={replica => replica.id}
        />
      )}
    </Card>
  )
}

/** The exit reason says more than the last message did. */
function replicaMessage({ exit, message, state }: ReplicaView): string {
  if (exit === null || state === 'running') return message
  if (exit.outOfMemory) return 'Stopped: it needed more memory than its instance type has.'
  if (exit.signal !== null) return `Ended by signal ${exit.signal}.`
  return exit.code === 0 ? 'Ended normally.' : `Ended with exit code ${exit.code ?? 'unknown'}.`
}
