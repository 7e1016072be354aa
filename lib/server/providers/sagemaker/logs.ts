import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import { z } from 'zod'
import { type LookedAt, looksAt } from '../log-looks'
import type { LogChunk, LogReading, LogRef } from '../port'
import type { AwsClients } from './clients'
import { instanceOf } from './instance'
import type { Inventory } from './inventory'
import { isMissing } from './inventory'
import { componentLogGroupOf, componentRevision, logGroupOf, revisionNameOf } from './naming'

/** What an adopted endpoint wrote long before it was adopted stays in CloudWatch: it may be years of lines. */
const ADOPTED_MS = 3_600_000

/** The last instant that was read, and how many lines of that very instant. */
const place = z.object({ atMs: z.number().int(), lines: z.number().int().nonnegative() })
type Place = z.infer<typeof place>

type Source = LookedAt & {
  clients: AwsClients
  inventory: Inventory
  ref: LogRef
  /** Lines younger than this are left for the next look: those of other instances may arrive before them. */
  settleMs: number
}

/** An inference component has a group of its own, in which every stream is its. */
function placeOf(ref: LogRef, variant: string): { logGroupName: string; logStreamNamePrefix?: string } {
  const revision = ref.adopted ? null : componentRevision(variant)
  return revision === null
    ? { logGroupName: logGroupOf(ref), logStreamNamePrefix: `${variant}/` }
    : { logGroupName: componentLogGroupOf(revisionNameOf(ref, revision)) }
}

/**
 * The lines of one revision, by time. SageMaker does not tell which log stream is whose, so all of them come under
 * the first instance. What reaches CloudWatch later than `settleMs` after younger lines is missed; nothing is read
 * twice.
 */
export async function* followCloudWatch(source: Source, reading: LogReading): AsyncGenerator<LogChunk> {
  const { since, signal } = reading
  const instance = instanceOf(source.ref.replicaName)
  if (instance?.ordinal !== 1) return
  const { variant, startedMs } = instance
  const fromMs = source.ref.adopted ? Math.max(startedMs, Date.now() - ADOPTED_MS) : startedMs
  let at: Place = since === null ? { atMs: fromMs, lines: 0 } : place.parse(JSON.parse(since))
  for await (const { isOver } of looksAt(source, reading)) {
    const untilMs = Date.now() - (isOver ? 0 : source.settleMs)
    const events = await readAll(source, variant, at.atMs, untilMs, signal)
    const fresh = events.slice(countOf(events, at))
    if (fresh.length > 0) {
      at = placeAfter(events)
      yield { position: JSON.stringify(at), lines: fresh.map(toLine), lostLines: 0 }
    }
  }
}

type Event = { timestamp: number; message: string }

async function readAll(
  { clients, inventory, ref }: Source,
  variant: string,
  startTime: number,
  endTime: number,
  signal: AbortSignal,
): Promise<Event[]> {
  const logs = await inventory.ask(clients.logs)
  const found: Event[] = []
  let nextToken: string | undefined
  do {
    const page = await inventory
      .askUnless(isMissing, () =>
        logs.filterLogEvents(
          {
            ...placeOf(ref, variant),
            startTime,
            endTime,
            ...(nextToken ? { nextToken } : {}),
          },
          { abortSignal: signal },
        ),
      )
      .catch(error => {
        if (signal.aborted) return null
        throw error
      })
    for (const event of page?.events ?? []) found.push(...usable(event))
    nextToken = page?.nextToken
  } while (nextToken && !signal.aborted)
  return found.toSorted((a, b) => a.timestamp - b.timestamp)
}

const usable = ({ timestamp, message }: FilteredLogEvent): Event[] =>
  timestamp === undefined || message === undefined ? [] : [{ timestamp, message }]

/** How many of these were read before: those of the last instant come again. */
function countOf(events: readonly Event[], at: Place): number {
  let repeated = 0
  while (repeated < at.lines && events[repeated]?.timestamp === at.atMs) repeated++
  return repeated
}

function placeAfter(events: readonly Event[]): Place {
  const atMs = events.at(-1)?.timestamp ?? 0
  return { atMs, lines: events.filter(event => event.timestamp === atMs).length }
}

/** CloudWatch does not keep apart what was written to which stream. */
const toLine = ({ timestamp, message }: Event): LogChunk['lines'][number] => ({
  timeMs: timestamp,
  stream: 'stdout',
  text: Buffer.from(message.replace(/\n$/, '')),
})
