import { type DeltaLine, emptyLine } from './delta'
import { EndpointWindow } from './endpoint-window'
import { Gauge } from './gauge'
import type { Measurement } from './measurement'
import { MinuteSums } from './minute-sums'
import { ErrorBudget } from './record-sampler'
import { Totals } from './totals'

export const WINDOW_MS = 10_000
export const MINUTE_MS = 60_000

/** What of an endpoint outlives windows. */
export type EndpointActivity = {
  readonly endpointId: string
  readonly inFlight: Gauge
  readonly waiting: Gauge
  readonly errors: ErrorBudget
}

/** Changes of one minute's windows since the last collection. */
export type Collected = {
  minuteMs: number
  line: DeltaLine
  /** Nothing more will come for this minute. */
  isClosed: boolean
}

type OpenWindow = { startMs: number; endpoints: Map<string, EndpointWindow> }
type Clock = { wallMs: () => number; steadyMs: () => number }

const SYSTEM_CLOCK: Clock = { wallMs: Date.now, steadyMs: () => performance.now() }
const startOf = (nowMs: number, lengthMs: number) => Math.floor(nowMs / lengthMs) * lengthMs

/**
 * Measures requests in memory: windows of 10 s, sums of 1 min. A request belongs to the window in which it ended,
 * so a window that is over never changes. Recording is a few additions; `collect`, once a second, does the rest.
 */
export class Recorder {
  /** Since the process started: what a scraper reads. */
  readonly totals = new Totals()
  private readonly activities = new Map<string, EndpointActivity>()
  private window: OpenWindow
  private minute: { startMs: number; sums: MinuteSums }
  private closed: OpenWindow[] = []
  private closedMinutes: { startMs: number; sums: MinuteSums }[] = []

  /** `gapPossible`: the gateway before this one ended without saying so; its last 2 s may be missing. */
  constructor(
    private gapPossible: 0 | 1,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    const nowMs = clock.wallMs()
    this.window = { startMs: startOf(nowMs, WINDOW_MS), endpoints: new Map() }
    const minuteMs = startOf(nowMs, MINUTE_MS)
    this.minute = { startMs: minuteMs, sums: new MinuteSums(minuteMs) }
  }

  /** An admitted request begins; give the activity back to `leave`. */
  enter(endpointId: string, steadyMs: number): EndpointActivity {
    let activity = this.activities.get(endpointId)
    if (!activity) {
      activity = {
        endpointId,
        inFlight: new Gauge(steadyMs),
        waiting: new Gauge(steadyMs),
        errors: new ErrorBudget(),
      }
      this.activities.set(endpointId, activity)
    }
    activity.inFlight.change(1, steadyMs)
    return activity
  }

  leave(activity: EndpointActivity, request: Measurement, steadyMs: number): void {
    activity.inFlight.change(-1, steadyMs)
    this.advance()
    this.endpointWindow(activity).add(request)
    this.minute.sums.add(request)
    this.totals.add(request)
  }

  /** Refused before routing: counted per team only, null where none could be told. */
  refuse(teamId: string | null, status: number): void {
    this.advance()
    this.minute.sums.refuse(teamId, status)
    this.totals.refuse(status)
  }

  activityOf(endpointId: string): EndpointActivity | undefined {
    return this.activities.get(endpointId)
  }

  /** All changes since the last call, by minute, oldest first. `isEnd` closes everything. */
  collect(isEnd = false): Collected[] {
    this.advance(isEnd)
    const steadyMs = this.clock.steadyMs()
    for (const activity of this.activities.values()) {
      if (activity.inFlight.value > 0 && !isEnd) this.endpointWindow(activity)
    }
    const byMinute = new Map<number, Collected>()
    const of = (minuteMs: number): Collected => {
      let found = byMinute.get(minuteMs)
      if (!found) {
        found = { minuteMs, line: emptyLine(), isClosed: isEnd || minuteMs < this.minute.startMs }
        byMinute.set(minuteMs, found)
      }
      return found
    }
    for (const { startMs, endpoints } of [...this.closed, this.window]) {
      const { line } = of(startOf(startMs, MINUTE_MS))
      for (const each of endpoints.values()) {
        const activity = this.activities.get(each.endpointId)
        if (activity) each.collect(line, activity.inFlight, activity.waiting, steadyMs)
      }
    }
    for (const { startMs, sums } of [...this.closedMinutes, this.minute]) sums.collect(of(startMs).line)
    this.closed = []
    this.closedMinutes = []
    return [...byMinute.values()].sort((a, b) => a.minuteMs - b.minuteMs)
  }

  private endpointWindow({ endpointId, errors }: EndpointActivity): EndpointWindow {
    const { endpoints, startMs } = this.window
    let found = endpoints.get(endpointId)
    if (!found) {
      found = new EndpointWindow(endpointId, startMs, errors, this.gapPossible)
      endpoints.set(endpointId, found)
    }
    return found
  }

  /** Closes windows that are over. A clock set back keeps the open window open: none is ever opened twice. */
  private advance(isEnd = false): void {
    const nowMs = this.clock.wallMs()
    if (!isEnd && nowMs < this.window.startMs + WINDOW_MS) return
    this.closeWindow()
    const startMs = Math.max(startOf(nowMs, WINDOW_MS), this.window.startMs)
    this.window = { startMs, endpoints: new Map() }
    this.gapPossible = 0
    const minuteMs = startOf(startMs, MINUTE_MS)
    if (minuteMs > this.minute.startMs) {
      this.closedMinutes.push(this.minute)
      this.minute = { startMs: minuteMs, sums: new MinuteSums(minuteMs) }
    }
  }

  private closeWindow(): void {
    const steadyMs = this.clock.steadyMs()
    for (const activity of this.activities.values()) {
      const { inFlight, waiting } = activity
      // A request that only passed through the window shows in its gauges.
      if (inFlight.max > 0) this.endpointWindow(activity).close(inFlight, waiting, steadyMs)
      inFlight.restart(steadyMs)
      waiting.restart(steadyMs)
    }
    this.closed.push(this.window)
  }
}
