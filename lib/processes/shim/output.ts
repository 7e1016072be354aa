import type { Readable } from 'node:stream'
import type { LogStream } from '@/lib/server/providers/local/log-format'
import { LineEncoder } from './line-encoder'
import type { LogWriter } from './log-writer'

/** Carries one stream of the child into the log until it ends; the last line is completed by `finish`. */
export function captureOutput(readable: Readable, stream: LogStream, writer: LogWriter) {
  const encoder = new LineEncoder(stream)
  readable.on('data', (chunk: Buffer) => writer.write(encoder.push(chunk, Date.now())))
  // A broken pipe ends the stream; 'close' follows and there is nothing else to do.
  readable.on('error', () => {})
  return { finish: () => writer.write(encoder.end()) }
}

/** A line of the shim's own among the replica's, marked as such. */
export function note(writer: LogWriter, text: string): void {
  writer.write(new LineEncoder('stderr').push(Buffer.from(`[slipway] ${text}\n`), Date.now()))
}
