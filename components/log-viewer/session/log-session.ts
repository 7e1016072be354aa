import { linesOf } from '@/lib/domain/logs/batch'
import { gapLine } from '@/lib/domain/logs/gap-line'
import { isBatch, type LogMessage } from '@/lib/domain/logs/message'
import type { AppError } from '@/lib/domain/result'
import { Calm } from './calm'
import { errorOf, NOTHING_LATER } from './errors'
import { followStream } from './follow-stream'
import { addNewer, addOlder, emptyWindow, type LineWindow, MAX_LINES } from './line-window'
import { readSearch, StreamRefused } from './read-stream'
import { IDLE, type Reading, type Snapshot } from './state'

/** Drawing more often than this shows nobody more and keeps the tab busy. */
const DRAW_EVERY_MS = 100
const PAGE_LINES = 1_000
/** Read on at once: every piece that is added makes the whole list anew, so few large ones scroll better. */
const READ_ON_LINES = 4_000

export type LogUrls = {
  search: (params: Record<string, string | undefined>) => string
  stream: (params: Record<string, string | undefined>) => string
  /** The filter lets nothing later than this through; there is no end otherwise. */
  untilMs: number | undefined
}

export type SessionStart = {
  /** The newest line there is, to read back from and to follow on from. */
  newest: number
  /** Open around this line instead of at the end … */
  around: number | null
  /** … or around the first line of this time or later. */
  atMs: number | null
}

type Start = { seq: number | null; error: AppError | null }
/** What a window is read on by: its first lines are to be there soon. */
const pageAfter = (window: LineWindow): number => (window.lines.length === 0 ? PAGE_LINES : READ_ON_LINES)

/**
 * One view of a log with one filter: a window of lines, read on at both ends, followed at the newer one. A store
 * outside of React (`subscribe`, `getSnapshot`): lines come faster than anything should be drawn.
 */
export class LogSession {
  private snapshot: Snapshot
  private draft: Snapshot
  private listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Ends everything of one opening; a session may be opened again, as React's strict mode does at once. */
  private closing = new AbortController()
  private following: AbortController | null = null
  /** Held back while paused. */
  private held: LineWindow | null = null
  private isPaused = false
  private isHidden = false
  private calm = { older: new Calm(), newer: new Calm() }

  constructor(private readonly urls: LogUrls) {
    this.draft = {
      window: emptyWindow(0),
      connection: { kind: 'connecting' },
      newLines: { count: 0, many: false },
      startSeq: null,
      startError: null,
      isOpening: true,
      older: IDLE,
      newer: IDLE,
    }
    this.snapshot = this.draft
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  readonly getSnapshot = (): Snapshot => this.snapshot

  /** Reads the first lines and, at the newest end, starts to follow. */
  async open({ newest, around: asked, atMs }: SessionStart): Promise<void> {
    this.close()
    this.closing = new AbortController()
    const { signal } = this.closing
    this.isPaused = false
    this.held = null
    this.calm = { older: new Calm(), newer: new Calm() }
    const start = asked === null && atMs !== null ? await this.firstSeqAt(atMs, signal) : null
    if (signal.aborted) return
    const around = asked ?? start?.seq ?? null
    const isHistory = around !== null && around > 0
    const last = isHistory ? around - 1 : newest
    this.update({
      window: emptyWindow(last),
      connection: { kind: isHistory ? 'history' : 'connecting' },
      newLines: { count: 0, many: false },
      startSeq: isHistory ? around : null,
      startError: start?.error ?? null,
      isOpening: true,
      older: { ...IDLE, isExhausted: last === 0 },
      newer: { ...IDLE, isExhausted: !isHistory },
    })
    if (!isHistory) this.follow()
    await Promise.all([this.readOlder(), ...(isHistory ? [this.readNewer()] : [])])
    if (!signal.aborted) this.update({ isOpening: false })
  }

  /** Reads on into the past. Safe to call at every scroll: one at a time, and not beyond the beginning. */
  readonly readOlder = async (): Promise<void> => {
    const { older, window } = this.draft
    const { signal } = this.closing
    if (older.isReading || older.isExhausted || !this.calm.older.mayTry()) return
    this.update({ older: { ...older, isReading: true, error: null } })
    const page = pageAfter(window)
    const url = this.urls.search({ order: 'desc', before: String(window.first), limit: String(page) })
    const outcome = await this.read(url, page, signal, message => {
      if (isBatch(message))
        this.update({ window: addOlder(this.draft.window, linesOf(message).reverse(), message.first) })
      else if (message.type === 'progress')
        this.update({
          window: addOlder(this.draft.window, [], message.atSeq),
          older: { ...this.draft.older, atMs: message.atMs },
        })
    })
    if (signal.aborted) return
    this.calm.older.tried(outcome.error !== null)
    if (this.draft.window.cappedNewer) this.leaveLive()
    this.update({ older: { ...outcome, isReading: false, atMs: this.draft.older.atMs } })
  }

  /** Reads on towards the present; there, goes over to following. */
  readonly readNewer = async (): Promise<void> => {
    const { newer, window } = this.draft
    const { signal } = this.closing
    if (newer.isReading || newer.isExhausted || !this.calm.newer.mayTry()) return
    this.update({ newer: { ...newer, isReading: true, error: null } })
    const page = pageAfter(window)
    const url = this.urls.search({ order: 'asc', after: String(window.last), limit: String(page) })
    const outcome = await this.read(url, page, signal, message => {
      if (isBatch(message))
        this.update({ window: addNewer(this.draft.window, linesOf(message), message.last) })
      else if (message.type === 'progress')
        this.update({ window: addNewer(this.draft.window, [], message.atSeq) })
      else if (message.type === 'gap') this.update({ window: this.withGap(this.draft.window, message) })
    })
    if (signal.aborted) return
    this.calm.newer.tried(outcome.error !== null)
    this.update({ newer: { ...outcome, isReading: false, atMs: null } })
    if (!outcome.isExhausted) return
    // Following begins behind the window's last line, so what came meanwhile is not missed.
    this.isPaused = true
    this.update({ connection: { kind: 'paused' }, window: { ...this.draft.window, cappedNewer: false } })
    this.follow()
  }

  /** Reads on where that failed, at once: somebody asked for it. */
  readonly retry = (): void => {
    this.calm = { older: new Calm(), newer: new Calm() }
    if (this.draft.older.error) void this.readOlder()
    if (this.draft.newer.error) void this.readNewer()
  }

  /** Stops showing new lines, which go on being counted. */
  readonly pause = (): void => {
    if (this.isPaused || this.draft.connection.kind === 'history') return
    this.isPaused = true
    if (this.draft.connection.kind === 'live') this.update({ connection: { kind: 'paused' } })
  }

  /** Shows what was held back and goes on. False when the window lies elsewhere and must be opened anew. */
  readonly resume = (): boolean => {
    if (this.draft.connection.kind === 'history' || this.draft.newLines.many) return false
    this.isPaused = false
    const held = this.held
    this.held = null
    const window = held ? addNewer(this.draft.window, held.lines, held.last) : this.draft.window
    this.update({ window, newLines: { count: 0, many: false } })
    if (this.draft.connection.kind === 'paused') this.update({ connection: { kind: 'live' } })
    return true
  }

  /** A hidden tab holds no stream; shown again, it resumes behind its last line. */
  readonly setHidden = (isHidden: boolean): void => {
    if (this.isHidden === isHidden) return
    this.isHidden = isHidden
    if (isHidden) this.stopFollowing()
    else if (this.canFollow()) this.follow()
  }

  close(): void {
    this.closing.abort()
    this.stopFollowing()
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private canFollow(): boolean {
    const { kind } = this.draft.connection
    return kind !== 'history' && kind !== 'ended' && !this.draft.newLines.many
  }

  private leaveLive(): void {
    this.stopFollowing()
    this.held = null
    this.update({
      connection: { kind: 'history' },
      newLines: { count: 0, many: false },
      newer: IDLE,
    })
  }

  private stopFollowing(): void {
    this.following?.abort()
    this.following = null
  }

  private follow(): void {
    this.stopFollowing()
    if (this.urls.untilMs !== undefined && this.urls.untilMs < Date.now()) {
      this.update({ connection: { kind: 'ended', message: 'The time range has passed.' } })
      return
    }
    if (this.isHidden) return
    const following = new AbortController()
    this.following = following
    void followStream({
      url: () => this.urls.stream({ after: String(this.held?.last ?? this.draft.window.last) }),
      signal: following.signal,
      onMessage: message => this.receive(message),
      onOpen: () => this.update({ connection: { kind: this.isPaused ? 'paused' : 'live' } }),
      onBroken: message => this.update({ connection: { kind: 'reconnecting', message } }),
      onEnd: message => this.update({ connection: { kind: 'ended', message } }),
    })
  }

  /** The first line of this time or later, or why there is none. */
  private async firstSeqAt(atMs: number, signal: AbortSignal): Promise<Start> {
    let seq: number | null = null
    const url = this.urls.search({ order: 'asc', since: String(atMs), limit: '1' })
    const { error } = await this.read(url, 1, signal, message => {
      if (isBatch(message)) seq ??= linesOf(message)[0]?.seq ?? null
    })
    return { seq, error: error ?? (seq === null ? NOTHING_LATER : null) }
  }

  private receive(message: LogMessage): void {
    const add = (window: LineWindow): LineWindow => {
      if (isBatch(message)) return addNewer(window, linesOf(message), message.last)
      return message.type === 'gap' ? this.withGap(window, message) : window
    }
    if (!this.isPaused) {
      this.update({ window: add(this.draft.window) })
      return
    }
    this.held = add(this.held ?? emptyWindow(this.draft.window.last))
    const many = this.held.lines.length >= MAX_LINES
    // Beyond what could be shown there is no point in receiving more; it is all in the store.
    if (many) this.stopFollowing()
    this.update({ newLines: { count: this.held.lines.length, many } })
  }

  private withGap(window: LineWindow, gap: { first: number; last: number }): LineWindow {
    return addNewer(window, [gapLine(gap, window.lines.at(-1)?.timeMs)], gap.last)
  }

  /** Reads a search to its end; exhausted when that was the end of the log on this side. */
  private async read(
    url: string,
    page: number,
    signal: AbortSignal,
    onMessage: (message: LogMessage) => void,
  ): Promise<Pick<Reading, 'isExhausted' | 'error'>> {
    let matches = 0
    try {
      for await (const message of readSearch(url, signal)) {
        onMessage(message)
        if (isBatch(message)) continue
        if (message.type === 'progress') matches = message.matches
        if (message.type === 'error') throw new StreamRefused({ code: 'invalid', message: message.message })
      }
      return { isExhausted: matches < page, error: null }
    } catch (error) {
      return { isExhausted: false, error: errorOf(error) }
    }
  }

  private update(change: Partial<Snapshot>): void {
    this.draft = { ...this.draft, ...change }
    if (this.timer !== undefined || this.closing.signal.aborted) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.snapshot = this.draft
      for (const listener of this.listeners) listener()
    }, DRAW_EVERY_MS)
  }
}
