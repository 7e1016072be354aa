export type Level = 'INFO' | 'WARNING' | 'ERROR'

/**
 * One readable line: ISO time, level word, text. Line breaks would let a client forge lines of its own, so they are
 * written as two characters.
 */
export const formatLine = (time: Date, level: Level, text: string): string =>
  `${time.toISOString()} ${level} ${text.replace(/\r?\n|\r/g, '\\n')}\n`

export function log(level: Level, text: string): void {
  const stream = level === 'ERROR' ? process.stderr : process.stdout
  stream.write(formatLine(new Date(), level, text))
}

export type RequestLine = {
  id: string
  method: string
  path: string
  status: number
  durationMs: number
  queueMs: number
  bytesIn: number
  bytesOut: number
}

/** `request id=… POST /predict 200 12.3ms queue=0.1ms in=48 out=51`. */
export const requestText = (line: RequestLine): string =>
  `request id=${line.id} ${line.method} ${line.path} ${line.status} ${line.durationMs.toFixed(1)}ms ` +
  `queue=${line.queueMs.toFixed(1)}ms in=${line.bytesIn} out=${line.bytesOut}`

/** 5xx is ours to look at, unless the model is merely not ready; 4xx is the caller's; the rest is news. */
export const levelOfStatus = (status: number): Level =>
  status >= 500 && status !== 503 ? 'ERROR' : status >= 400 ? 'WARNING' : 'INFO'
