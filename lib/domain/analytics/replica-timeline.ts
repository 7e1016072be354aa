import { toCsvRows } from './export'
import type { ReplicaCharts } from './view'

/** One state of one replica for a while; `toMs` is null while it lasts. */
export type TimelineEntry = {
  replica: string
  revision: number
  state: ReplicaCharts['bands'][number]['intervals'][number]['state']
  fromMs: number
  toMs: number | null
}

/** The timeline as rows, newest first: for its table and its files. */
export const timelineEntries = ({ bands }: ReplicaCharts): TimelineEntry[] =>
  bands
    .flatMap(({ name, revision, intervals }) =>
      intervals.map(({ state, fromMs, toMs }) => ({ replica: name, revision, state, fromMs, toMs })),
    )
    .sort((a, b) => b.fromMs - a.fromMs)

const iso = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString())

/** Times in UTC; a state that lasts has no end. */
export const timelineCsv = (data: ReplicaCharts): string =>
  toCsvRows([
    ['replica', 'revision', 'state', 'from', 'to'],
    ...timelineEntries(data).map(({ replica, revision, state, fromMs, toMs }) => [
      replica,
      String(revision),
      state,
      iso(fromMs),
      iso(toMs),
    ]),
  ])

export const timelineJson = (data: ReplicaCharts): string =>
  JSON.stringify(
    timelineEntries(data).map(({ fromMs, toMs, ...entry }) => ({
      ...entry,
      from: iso(fromMs),
      to: toMs === null ? null : iso(toMs),
    })),
    null,
    2,
  )
