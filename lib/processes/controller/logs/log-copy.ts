import type { IntakeState } from '@/lib/domain/logs/intake'
import type { NewLogLines } from '@/lib/domain/logs/line'
import { countLines, linesBehind } from '@/lib/domain/logs/line-runs'
import type { EndpointLog } from '@/lib/server/log-store/endpoint-log'
import type { CatchUp } from './catch-up'
import { parseIntakeState } from './intake-state'
import { formatPlace, type Place, parsePlace } from './place'

/** Pieces being written while the next is read; more would only be more to read again after a crash. */
const IN_FLIGHT = 4

type Options = {
  log: EndpointLog
  replica: { id: string; revision: number }
  catchUp: CatchUp
  onWritten: () => void
  signal: AbortSignal
}

/** What is written of one replica's output, and how far that is. */
export class LogCopy {
  state: IntakeState
  private place: Place
  /** So many of what is read next are written already: it is read again from the position. */
  private skip: number
  private readonly writes: Promise<void>[] = []
  /** A write that failed: what is read behind it could not be written either. */
  readonly failing = new AbortController()

  constructor(private readonly options: Options) {
    const stored = options.log.states[options.replica.id]
    this.place = parsePlace(stored?.position ?? null)
    this.skip = this.place.written
    this.state = parseIntakeState(stored?.carry)
  }

  get position(): string | null {
    return this.place.position
  }

  /** How many of these lines, lost behind the position, are not written either. */
  lose(lines: number): number {
    const kept = Math.min(lines, this.skip)
    this.skip -= kept
    return lines - kept
  }

  /**
   * Writes what was read up to a position, in as many parts as the endpoint's other replicas make necessary. False
   * where it was told to stop in between.
   */
  async take(position: string, state: IntakeState, lines: readonly NewLogLines[]): Promise<boolean> {
    const { catchUp, replica, signal } = this.options
    let written = Math.min(this.skip, countLines(lines))
    this.skip -= written
    let rest = linesBehind(lines, written)
    for (let isWhole = false; !isWhole; ) {
      const { entries, round } = await catchUp.hold(replica.id, rest, signal)
      if (signal.aborted) return false
      const part = rest.slice(0, entries)
      rest = rest.slice(entries)
      written += countLines(part)
      isWhole = rest.length === 0
      if (isWhole) await this.write({ position, written: this.skip }, state, part, round)
      else await this.write({ position: this.place.position, written }, this.state, part, round)
    }
    catchUp.reading(replica.id, lines.at(-1)?.timeMs)
    return true
  }

  /** Writes what begins with a gap: in one piece, for read again it would not be the same. */
  async takeWhole(position: string, state: IntakeState, lines: readonly NewLogLines[]): Promise<void> {
    await this.write({ position, written: this.skip }, state, lines, undefined)
    this.options.catchUp.reading(this.options.replica.id, lines.at(-1)?.timeMs)
  }

  /** Writes lines that stand behind the position without moving it. */
  async add(state: IntakeState, lines: readonly NewLogLines[]): Promise<void> {
    if (this.place.position !== null) await this.write(this.place, state, lines, undefined)
  }

  /** @throws the first failure. */
  async settle(): Promise<void> {
    await Promise.all(this.writes.splice(0))
  }

  private async write(
    place: Place,
    state: IntakeState,
    lines: readonly NewLogLines[],
    round: object | undefined,
  ): Promise<void> {
    const { log, replica, onWritten } = this.options
    const run = { replicaId: replica.id, revision: replica.revision, lines }
    const written = log.append(
      run,
      { position: formatPlace(place), carry: state },
      formatPlace(this.place),
      round,
    )
    written.then(onWritten, () => this.failing.abort())
    this.writes.push(written)
    this.place = place
    this.state = state
    if (this.writes.length > IN_FLIGHT) await this.writes.shift()
  }
}
