import { echo } from './terminal'

const PINO_WARN = 40
const PINO_ERROR = 50

/** How Next.js and Node.js mark trouble in lines that are not JSON. */
const PLAIN_ERROR = /^\s*(⨯|Error\b|\w*Error:|Uncaught|FATAL|node:internal)/
const PLAIN_WARNING = /^\s*(⚠|warn\b)/i

/** A failed query brings its whole statement; the log file has it, the terminal needs the beginning and the cause. */
const LONGEST_PART = 120

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > LONGEST_PART ? `${line.slice(0, LONGEST_PART)}…` : line
}

export type Finding = { level: 'warn' | 'error'; text: string }

/** What a line of a program's log says to the person at the terminal; null for everyday lines. */
export function findingIn(line: string): Finding | null {
  if (!line.startsWith('{')) {
    if (PLAIN_ERROR.test(line)) return { level: 'error', text: short(line) }
    return PLAIN_WARNING.test(line) ? { level: 'warn', text: short(line) } : null
  }
  try {
    const entry: unknown = JSON.parse(line)
    if (typeof entry !== 'object' || entry === null || !('level' in entry)) return null
    if (typeof entry.level !== 'number' || entry.level < PINO_WARN) return null
    const message = 'msg' in entry && typeof entry.msg === 'string' ? entry.msg : ''
    const cause = 'err' in entry ? causeOf(entry.err) : ''
    const parts = [message, cause && !message.includes(cause) ? cause : ''].filter(Boolean)
    const text = parts.map(short).join(': ') || short(line)
    return { level: entry.level >= PINO_ERROR ? 'error' : 'warn', text }
  } catch {
    return null
  }
}

/** Of a failed query only why it failed, which Drizzle puts behind statement and parameters. */
const causeOf = (error: unknown): string => {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : ''
  return message.startsWith('Failed query')
    ? (message
        .split('\n')
        .at(-1)
        ?.replace(/^params:.*?: /, '') ?? '')
    : message
}

/** Repeats a finding at most once in this time: a lost database is one fact, not a line per request. */
const REPEAT_MS = 30_000

/** Shows findings of one program, each text at most once per half a minute. */
export function createEcho(program: string, now: () => number = Date.now): (line: string) => void {
  const shown = new Map<string, number>()
  return line => {
    const finding = findingIn(line)
    if (!finding) return
    const last = shown.get(finding.text)
    if (last !== undefined && now() - last < REPEAT_MS) return
    if (shown.size > 200) shown.clear()
    shown.set(finding.text, now())
    echo(program, finding.level, finding.text)
  }
}
