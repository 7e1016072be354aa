import type { IncomingMessage } from 'node:http'

/** Collects a request's body. `too_large` as soon as that is known, `aborted` when the client left halfway. */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Uint8Array | 'too_large' | 'aborted'> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return 'too_large'
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.byteLength
      if (size > limitBytes) return 'too_large'
      chunks.push(chunk)
    }
  } catch {
    return 'aborted'
  }
  return new Uint8Array(Buffer.concat(chunks, size))
}
