/** A number over time: its maximum and its mean weighted by time, from `restart` on. Times from one steady clock. */
export class Gauge {
  value = 0
  max = 0
  private area = 0

  constructor(
    private fromMs: number,
    private sinceMs = fromMs,
  ) {}

  change(by: number, nowMs: number): void {
    this.area += this.value * (nowMs - this.sinceMs)
    this.sinceMs = nowMs
    this.value += by
    if (this.value > this.max) this.max = this.value
  }

  read(nowMs: number): { max: number; mean: number } {
    const area = this.area + this.value * (nowMs - this.sinceMs)
    const span = nowMs - this.fromMs
    return { max: this.max, mean: span > 0 ? area / span : this.value }
  }

  /** Begins a new window with the value as it is. */
  restart(nowMs: number): void {
    this.area = 0
    this.max = this.value
    this.fromMs = nowMs
    this.sinceMs = nowMs
  }
}
