import { DenseTable } from '@/components/charts/dense-table'
import { timelineEntries } from '@/lib/domain/analytics/replica-timeline'
import type { ReplicaCharts } from '@/lib/domain/analytics/view'
import { formatExact, type Zone } from '@/lib/domain/format/time'

/** The timeline's states and the changes among them, newest first. */
export function TimelineTable({ data, zone }: { data: ReplicaCharts; zone: Zone }) {
  const states = timelineEntries(data).map(({ replica, revision, state, fromMs, toMs }) => ({
    atMs: fromMs,
    cells: [`${replica} of revision ${revision}: ${state}`, toMs === null ? 'now' : formatExact(toMs, zone)],
  }))
  const changes = data.markers.map(({ atMs, message }) => ({ atMs, cells: [message, '–'] }))
  return (
    <DenseTable
      caption="Replica timeline"
      columns={['From', 'What', 'Until']}
      rows={[...states, ...changes]
        .sort((a, b) => b.atMs - a.atMs)
        .map(({ atMs, cells }) => ({
          key: `${atMs}${cells[0]}`,
          head: formatExact(atMs, zone),
          cells,
        }))}
      isText
    />
  )
}
