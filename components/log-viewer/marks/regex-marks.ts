import { MAX_RANGES, type Range } from './ranges'

/** An expression may take for ever on some text; after this long on one screen of lines it is given up. */
const LIMIT_MS = 1_000
/** Lines that are remembered; a screen shows a hundred. */
const MAX_KNOWN = 2_000

// Runs in a thread of its own, which can be stopped: an expression of a person's must not stop the tab. From this
// text and not from a file, so that the policy of scripts need not let other files run. It says when it begins: on a
// busy machine a thread may be long in starting, and that is not the expression's fault.
const PROGRAM = `
onmessage = ({ data: { source, flags, texts } }) => {
  postMessage('begun')
  const expression = new RegExp(source, flags)
  postMessage(texts.map(text => {
    const ranges = []
    for (const match of text.matchAll(expression)) {
      if (match[0] !== '') ranges.push([match.index, match.index + match[0].length])
      if (ranges.length >= ${MAX_RANGES}) break
    }
    return ranges
  }))
}`

export type MarksState = { known: ReadonlyMap<string, Range[]>; isTooSlow: boolean }

/** Where an expression matches in the texts that are on the screen; a store outside of React. */
export class RegexMarks {
  private state: MarksState = { known: new Map(), isTooSlow: false }
  private listeners = new Set<() => void>()
  private worker: Worker | null = null
  private asked: readonly string[] | null = null
  private next: readonly string[] = []
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly source: string,
    private readonly flags: string,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size === 0) this.stop()
    }
  }
  readonly getState = (): MarksState => this.state

  /** The texts that are drawn by now; those not known yet are looked at, the newest wish first. */
  want(texts: readonly string[]): void {
    if (this.state.isTooSlow) return
    this.next = texts.filter(text => !this.state.known.has(text))
    this.askNext()
  }

  private askNext(): void {
    if (this.asked || this.next.length === 0) return
    const texts = this.next
    this.asked = texts
    this.next = []
    this.worker ??= this.start()
    this.worker.postMessage({ source: this.source, flags: this.flags, texts })
  }

  private start(): Worker {
    const url = URL.createObjectURL(new Blob([PROGRAM], { type: 'text/javascript' }))
    const worker = new Worker(url)
    URL.revokeObjectURL(url)
    worker.onmessage = ({ data }: MessageEvent<'begun' | Range[][]>) => {
      if (data === 'begun') this.timer = setTimeout(this.giveUp, LIMIT_MS)
      else this.learn(data)
    }
    return worker
  }

  private readonly giveUp = (): void => {
    this.stop()
    this.change({ isTooSlow: true })
  }

  private learn(found: readonly Range[][]): void {
    clearTimeout(this.timer)
    const known = new Map(this.state.known.size < MAX_KNOWN ? this.state.known : [])
    for (const [index, text] of (this.asked ?? []).entries()) known.set(text, found[index] ?? [])
    this.asked = null
    this.change({ known })
    this.askNext()
  }

  private stop(): void {
    clearTimeout(this.timer)
    this.worker?.terminate()
    this.worker = null
    this.asked = null
    this.next = []
  }

  private change(change: Partial<MarksState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }
}
