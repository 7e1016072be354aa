import type { NewLogLines } from '@/lib/domain/logs/line'

/** A replica that is catching up may be silent this long before the others go on without it. */
const PATIENCE_MS = 1_000
/** It has longer to begin: its provider is asked first. */
const BEGIN_TIMES = 10
/** Nothing waits longer for a replica that has more to catch up than can be read meanwhile. */
const MAX_HOLD_MS = 30_000
/** Lines younger than this are written as they are read: their replica has caught up. */
const FRESH_MS = 2_000
/** Of all replicas together, at a time: what is written together is merged as one. */
const ROUND_LINES = 6_000

/** What is written now, of how many entries of what was held; all parts of a round go into one frame. */
export type Turn = { entries: number; round: object | undefined }

type Source = {
  isBehind: boolean
  held: Held | null
  /** It was just given a turn, and has not said what it has left. */
  isWriting: boolean
  /** Runs while it is behind and nothing of it is known yet. */
  silence: NodeJS.Timeout | undefined
}
type Held = {
  lines: readonly NewLogLines[]
  release: (turn: Turn) => void
  timeout: NodeJS.Timeout
}

/**
 * Brings the replicas of one endpoint into one order by time after a pause of the collector: while any of them has
 * old lines to read, each holds what it read until it is known what the others have, and all write up to the same
 * time. Once they have caught up lines are written as they arrive.
 */
export class CatchUp {
  private readonly sources = new Map<string, Source>()

  constructor(private readonly patienceMs = PATIENCE_MS) {}

  get isEmpty(): boolean {
    return this.sources.size === 0
  }

  /** From here on the others wait for it. */
  join(id: string): void {
    const source: Source = { isBehind: true, held: null, isWriting: false, silence: undefined }
    this.sources.set(id, source)
    source.silence = setTimeout(() => this.caughtUp(source), this.patienceMs * BEGIN_TIMES)
  }

  leave(id: string): void {
    clearTimeout(this.sources.get(id)?.silence)
    this.sources.delete(id)
    this.advance()
  }

  /** It has been asked for more; `reachedMs` is how far it has come. */
  reading(id: string, reachedMs = Number.NEGATIVE_INFINITY): void {
    const source = this.sources.get(id)
    if (!source) return
    source.isWriting = false
    if (source.isBehind && Date.now() - reachedMs >= FRESH_MS) {
      clearTimeout(source.silence)
      source.silence = setTimeout(() => this.caughtUp(source), this.patienceMs)
    } else this.caughtUp(source)
  }

  /** How many of these may be written now; resolves when that is known. */
  hold(id: string, lines: readonly NewLogLines[], signal: AbortSignal): Promise<Turn> {
    const source = this.sources.get(id)
    const all = { entries: lines.length, round: undefined }
    if (!source || lines.length === 0 || signal.aborted || !this.isAnyBehind()) return Promise.resolve(all)
    clearTimeout(source.silence)
    source.isWriting = false
    return new Promise(resolve => {
      const release = (turn: Turn) => {
        clearTimeout(timeout)
        signal.removeEventListener('abort', giveUp)
        source.held = null
        source.isWriting = true
        resolve(turn)
      }
      const giveUp = () => release(all)
      const timeout = setTimeout(giveUp, MAX_HOLD_MS)
      signal.addEventListener('abort', giveUp, { once: true })
      source.held = { lines, release, timeout }
      this.advance()
    })
  }

  private isAnyBehind(): boolean {
    for (const source of this.sources.values()) if (source.isBehind) return true
    return false
  }

  private caughtUp(source: Source): void {
    clearTimeout(source.silence)
    source.isBehind = false
    this.advance()
  }

  /** Lets everybody write up to the time that is known of all. */
  private advance(): void {
    const sources = [...this.sources.values()]
    const held = sources.flatMap(source => source.held ?? [])
    const isUnknown = (source: Source) => source.isWriting || (source.isBehind && !source.held)
    if (held.length === 0 || sources.some(isUnknown)) return
    const share = ROUND_LINES / held.length
    const untilMs = Math.min(...held.map(({ lines }) => latestOf(lines, share)))
    const round = {}
    for (const { lines, release } of held) {
      const later = lines.findIndex(line => line.timeMs > untilMs)
      const entries = later < 0 ? lines.length : later
      if (entries > 0) release({ entries, round })
    }
  }
}

/** The latest time among the first so many lines; a replica's own clock may go back and forth. */
function latestOf(lines: readonly NewLogLines[], count: number): number {
  let latestMs = Number.NEGATIVE_INFINITY
  let seen = 0
  for (const { timeMs, texts } of lines) {
    latestMs = Math.max(latestMs, timeMs)
    seen += texts.length
    if (seen >= count) break
  }
  return latestMs
}
