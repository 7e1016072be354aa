import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import { stripAnsi } from '@/lib/domain/logs/ansi'
import { linesOf } from '@/lib/domain/logs/batch'
import type { downloadLogsInput } from '@/lib/domain/logs/inputs'
import type { LogLine } from '@/lib/domain/logs/line'
import { isBatch, type LogMessage, parseMessage } from '@/lib/domain/logs/message'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { openLog } from './controller-door'
import { logReplicas } from './log-replicas'
import { messageLines } from './message-lines'

export type Download = { body: Readable; fileName: string; contentType: string }

/** Every kept line that passes the filter, as a file; streamed, however long. */
export async function downloadLogs(
  ctx: Context,
  input: z.output<typeof downloadLogsInput>,
  signal: AbortSignal,
): Promise<Result<Download>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see this endpoint’s logs')
  if (!found.ok) return found
  const { endpoint } = found.data
  const opened = await openLog(ctx.db, endpoint, 'scan', { filter: input, signal })
  if (!opened.ok) return opened
  const names = new Map((await logReplicas(ctx.db, endpoint.id)).map(({ id, name }) => [id, name]))
  const write = input.format === 'json' ? jsonLine : textLine
  const lines = fileText(messageLines(opened.data, signal), line => write(line, names))
  // Bytes, not strings: what comes out is a response's body.
  const text = Readable.from(lines, { objectMode: false })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const extension = input.format === 'json' ? 'ndjson' : 'log'
  const body = input.gzip ? text.pipe(createGzip()) : text
  // `pipe` does not carry an end that comes too early; the download must fail, not look complete.
  if (body !== text) {
    text.on('error', error => body.destroy(error))
    body.on('close', () => text.destroy())
  }
  return ok({
    body,
    fileName: `${endpoint.name}-${stamp}.${extension}${input.gzip ? '.gz' : ''}`,
    contentType: input.gzip
      ? 'application/gzip'
      : input.format === 'json'
        ? 'application/x-ndjson'
        : 'text/plain; charset=utf-8',
  })
}

async function* fileText(
  lines: AsyncGenerator<Buffer>,
  write: (line: LogLine) => string,
): AsyncGenerator<string> {
  for await (const bytes of lines) {
    if (bytes.length === 0) continue
    const message: LogMessage = parseMessage(bytes.toString('utf8'))
    if (isBatch(message)) yield linesOf(message).map(write).join('')
    else if (message.type === 'gap') yield `[lines ${message.first} to ${message.last} are no longer kept]\n`
    else if (message.type === 'error') yield `[${message.message}]\n`
  }
}

type Names = ReadonlyMap<string, string>

const textLine = (line: LogLine, names: Names): string =>
  `${new Date(line.timeMs).toISOString()} ${names.get(line.replicaId) ?? line.replicaId} ${line.stream} ${stripAnsi(line.text)}${line.cutBytes ? ` [${line.cutBytes} bytes cut]` : ''}\n`

const jsonLine = ({ timeMs, ...line }: LogLine, names: Names): string =>
  `${JSON.stringify({ time: new Date(timeMs).toISOString(), replica: names.get(line.replicaId), ...line })}\n`
