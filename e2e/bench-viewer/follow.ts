import type { Page } from '@playwright/test'
import type { World } from '../writing-replica/world'

export type Followed = {
  /** How late new lines were on the screen: of what was the newest at each drawing. */
  p50Ms: number
  p99Ms: number
  /** From when the last line was written until it was on the screen; infinite when it never was. */
  lastLineMs: number
  /** Markers of dropped or missing lines among those that were drawn. */
  markers: number
}

const PATIENCE_MS = 20_000

/** Looks at the last drawn line in every frame, from number `first` on until it is `last`; runs in the page. */
async function watchNewest({ first, last, patienceMs }: { first: number; last: number; patienceMs: number }) {
  const delays: number[] = []
  let markers = 0
  let seen = first - 1
  for (let idleSinceMs = performance.now(); performance.now() - idleSinceMs < patienceMs; ) {
    await new Promise(requestAnimationFrame)
    const rows = document.querySelectorAll('[role=log] [data-seq]')
    const text = rows[rows.length - 1]?.textContent ?? ''
    const number = Number(/ n=(\d+)/.exec(text)?.[1] ?? 0)
    if (/dropped|no longer kept/.test(text)) markers += 1
    if (number <= seen) continue
    seen = number
    idleSinceMs = performance.now()
    delays.push(performance.timeOrigin + performance.now() - Number(/ at=([\d.]+)/.exec(text)?.[1]))
    if (number >= last) break
  }
  return { delays, markers, lastLineMs: seen >= last ? (delays.at(-1) ?? 0) : Number.POSITIVE_INFINITY }
}

/** The page follows the log while its replica writes so many lines a second. */
export async function follow(
  page: Page,
  world: World,
  perSecond: number,
  seconds: number,
): Promise<Followed> {
  const count = perSecond * seconds
  const from = nextNumber
  nextNumber += count
  const watching = page.evaluate(watchNewest, {
    first: from,
    last: from + count - 1,
    patienceMs: PATIENCE_MS,
  })
  await world.write(from, count, perSecond)
  const { delays, markers, lastLineMs } = await watching
  const sorted = delays.toSorted((a, b) => a - b)
  return {
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    lastLineMs,
    markers,
  }
}

/** Numbers go on from run to run, so that a line of an earlier one is never taken for a new one. */
let nextNumber = 10_000_001
