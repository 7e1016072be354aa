import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Faults } from './faults'
import type { FakeFile } from './model'

/** Sends a file's bytes, honouring Range and HEAD, and suffering what `faults` has for it. */
export function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: FakeFile,
  options: { faults: Faults; headers: Record<string, string> },
): void {
  const total = file.bytes.byteLength
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  const start = from === undefined ? 0 : Number(from)
  const end = to ? Math.min(Number(to) + 1, total) : total
  if (from !== undefined && start >= total) {
    response.writeHead(416, { 'Content-Range': `bytes */${total}` }).end()
    return
  }
  const bytes = Buffer.from(file.bytes.subarray(start, end))
  response.writeHead(from === undefined ? 200 : 206, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': bytes.byteLength,
    'Accept-Ranges': 'bytes',
    ...(from !== undefined && { 'Content-Range': `bytes ${start}-${end - 1}/${total}` }),
    ...options.headers,
  })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  if (options.faults.takeCorruption(file.path) !== undefined) bytes[0] = (bytes[0] ?? 0) ^ 0xff
  const cut = options.faults.takeCut(file.path)
  if (cut) response.write(bytes.subarray(0, cut.bytes), () => response.destroy())
  else response.end(bytes)
}
