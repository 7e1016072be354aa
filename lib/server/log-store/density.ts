import { type Density, densityOf, mergeTally, type Tally } from '@/lib/domain/logs/density'
import type { EndpointLog } from './endpoint-log'
import { tallyOf } from './segment'

/** How many lines a log has over time, from what its segments' indexes say: no line is read for it. */
export async function density(
  log: Pick<EndpointLog, 'segments'>,
  range: { sinceMs?: number | undefined; untilMs?: number | undefined },
  nowMs = Date.now(),
): Promise<Density> {
  const sum: Tally = new Map()
  for (const segment of log.segments) {
    // Retention may take one away meanwhile.
    const tally = await tallyOf(segment).catch((): Tally => new Map())
    mergeTally(sum, tally)
  }
  return densityOf(sum, { ...range, nowMs })
}
