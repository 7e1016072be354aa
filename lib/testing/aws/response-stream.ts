import type { ServerResponse } from 'node:http'
import { crc32 } from 'node:zlib'

const TEXT = 7

/** A container's answer as SageMaker streams it, piece by piece as it comes. */
export async function sendResponseStream(answer: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-sagemaker-content-type': answer.headers.get('content-type') ?? 'text/event-stream',
  })
  try {
    for await (const chunk of answer.body ?? [])
      outgoing.write(
        eventMessage({ ':message-type': 'event', ':event-type': 'PayloadPart' }, Buffer.from(chunk)),
      )
  } catch {
    const headers = { ':message-type': 'exception', ':exception-type': 'ModelStreamError' }
    outgoing.write(eventMessage(headers, Buffer.from('{"Message":"The model ended early."}')))
  }
  outgoing.end()
}

/** One message, by AWS's description of the format: lengths, their checksum, headers, payload, a checksum of all. */
export function eventMessage(headers: Readonly<Record<string, string>>, payload: Buffer): Buffer {
  const block = Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(Buffer.byteLength(value))
      return [Buffer.from([name.length]), Buffer.from(name), Buffer.from([TEXT]), length, Buffer.from(value)]
    }),
  )
  const prelude = Buffer.alloc(8)
  prelude.writeUInt32BE(block.length + payload.length + 16, 0)
  prelude.writeUInt32BE(block.length, 4)
  const head = Buffer.concat([prelude, checksum(prelude), block, payload])
  return Buffer.concat([head, checksum(head)])
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes))
  return sum
}
