import type { WireBatch } from '@/lib/domain/logs/batch'
import { isBatch, parseMessage } from '@/lib/domain/logs/message'
import { routes } from '@/lib/routes'
import type { World } from './world'

/** Calls back when the stream stands, and with every batch of it, from behind `after`, until `onBatch` says false. */
export async function readStream(
  world: World,
  after: number,
  onBatch: (batch: WireBatch) => boolean | Promise<boolean>,
  onOpen: () => void = () => {},
): Promise<void> {
  const { statusCode, body } = await world.get(world.path(routes.api.logStream), {
    'last-event-id': String(after),
  })
  if (statusCode !== 200) throw new Error(`The stream answered ${statusCode}: ${await body.text()}`)
  onOpen()
  for await (const json of eventsOf(body)) {
    const message = parseMessage(json)
    if (isBatch(message) && !(await onBatch(message))) break
  }
  body.destroy()
}

/** The data of each Server-Sent Event, one line each as the portal writes them. */
async function* eventsOf(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of body) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = bytes.indexOf('\n\n'); end >= 0; end = bytes.indexOf('\n\n', from)) {
      const event = bytes.toString('utf8', from, end)
      from = end + 2
      const data = event.indexOf('data: ')
      if (data >= 0) yield event.slice(data + 6)
    }
    rest = bytes.subarray(from)
  }
}

/** The number a line carries, and the writer's clock when it wrote it. */
export const numberOf = (text: string): number => numberAfter(text, ' n=')
export const stampOf = (text: string): number => numberAfter(text, ' at=')

const ZERO = 48
const POINT = 46

/** Digit by digit: a reader that takes long to check what it got would be what is measured. */
function numberAfter(text: string, name: string): number {
  const at = text.indexOf(name)
  if (at < 0) return Number.NaN
  let value = 0
  let place = 0
  for (let next = at + name.length; next < text.length; next += 1) {
    const code = text.charCodeAt(next)
    if (code === POINT) place = 1
    else if (code < ZERO || code > ZERO + 9) break
    else {
      value = value * 10 + code - ZERO
      place *= 10
    }
  }
  return place > 1 ? value / place : value
}
