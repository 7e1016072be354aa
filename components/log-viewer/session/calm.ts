const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/** When something that failed may be tried again: every scroll asks, and a portal that is down must not hear of each. */
export class Calm {
  private waitMs = 0
  private notBeforeMs = 0

  mayTry(): boolean {
    return Date.now() >= this.notBeforeMs
  }

  tried(hasFailed: boolean): void {
    this.waitMs = hasFailed ? Math.min(Math.max(this.waitMs * 2, FIRST_WAIT_MS), LONGEST_WAIT_MS) : 0
    this.notBeforeMs = Date.now() + this.waitMs
  }
}
