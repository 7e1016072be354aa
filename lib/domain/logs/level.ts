import type { LogLevel } from './line'

const WORDS: Record<string, LogLevel> = {
  trace: 'trace',
  verbose: 'trace',
  verb: 'trace',
  debug: 'debug',
  dbg: 'debug',
  info: 'info',
  inf: 'info',
  information: 'info',
  notice: 'info',
  success: 'info',
  warn: 'warning',
  wrn: 'warning',
  warning: 'warning',
  error: 'error',
  err: 'error',
  severe: 'error',
  critical: 'critical',
  crit: 'critical',
  fatal: 'critical',
  panic: 'critical',
  alert: 'critical',
  emerg: 'critical',
  emergency: 'critical',
}

const LETTERS: Record<string, LogLevel> = {
  T: 'trace',
  D: 'debug',
  I: 'info',
  W: 'warning',
  E: 'error',
  F: 'critical',
  C: 'critical',
}

/** pino and bunyan count in tens. */
const fromNumber = (value: number): LogLevel | null => {
  if (!Number.isFinite(value) || value < 10) return null
  if (value < 20) return 'trace'
  if (value < 30) return 'debug'
  if (value < 40) return 'info'
  if (value < 50) return 'warning'
  return value < 60 ? 'error' : 'critical'
}

/** A level as programs write it in a field: a word in any case, or pino's number. */
export function levelOf(value: unknown): LogLevel | null {
  if (typeof value === 'number') return fromNumber(value)
  return typeof value === 'string' ? (WORDS[value.toLowerCase()] ?? null) : null
}

const WORD =
  'TRACE|DEBUG|INFO|NOTICE|SUCCESS|WARN|WARNING|ERROR|CRITICAL|FATAL|PANIC|trace|debug|info|notice|warn|warning|error|crit|critical|alert|emerg|fatal|panic'
const UPPER = 'TRACE|DEBUG|INFO|NOTICE|SUCCESS|WARN|WARNING|ERROR|CRITICAL|FATAL|PANIC'
/** `INFO:` and its like, by the code of their first letter: comparing in place costs a tenth of cutting a word out. */
const BEFORE_COLON: [start: string, level: LogLevel][][] = []
for (const word of UPPER.split('|')) {
  const level = WORDS[word.toLowerCase()]
  const first = word.charCodeAt(0)
  if (level) BEFORE_COLON[first] = [...(BEFORE_COLON[first] ?? []), [`${word}:`, level]]
}
const STAMP = '\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?: ?(?:Z|[+-]\\d\\d:?\\d\\d))?'
const IN_BRACKETS = '(?:\\[[^\\[\\]]{1,60}\\] ?)'

/**
 * Each takes the level as its first group; the first that matches wins. Tried on text without ANSI, and grouped by
 * what a line begins with: most lines are asked two or three of them.
 */
const WORD_HEADS: readonly RegExp[] = [
  // vLLM "INFO 01-30 10:00:00 [api.py:12] …", Python "INFO     name: …", older llama.cpp "WARN [ main] …", " ERR [ main] …"
  new RegExp(`^ ?(${UPPER}|ERR|VERB)(?=[ \\[|]|$)`),
]
const STAMP_HEADS: readonly RegExp[] = [
  // TGI, TEI and everything on Rust's tracing "2024-01-30T10:00:00.000Z  INFO module: …"; Python "… ERROR name: …"
  new RegExp(`^\\[?${STAMP}\\]?\\s+\\[?(${WORD})\\]?(?=[\\s:|\\]])`),
  // gunicorn "[2024-01-30 10:00:00 +0000] [7] [INFO] …"; nginx "2024/01/30 10:00:00 [error] …"
  new RegExp(`^\\[?${STAMP}\\]? ?${IN_BRACKETS}{0,3}\\[\\s*(${WORD})\\s*\\]`),
  // Python "2024-01-30 10:00:00,123 - name - INFO - …", "…:INFO:name:…", loguru "… | INFO | …"
  new RegExp(`^${STAMP} ?[-|:] ?(?:[\\w.:/-]{1,80} ?[-|:] ?)?(${UPPER})\\s*[-|:]`),
  // transformers "[INFO|file.py:12] …", "[TensorRT-LLM][INFO] …"
  new RegExp(`^${IN_BRACKETS}{0,3}\\[\\s*(${WORD})\\s*[\\]|]`),
  // pino-pretty "[10:00:00.000] INFO (7): …", "[1522431328992] INFO (7 on host): …"
  new RegExp(`^\\[?(?:\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?|\\d{10,13})\\]?\\s+\\[?(${WORD})\\]?(?=[\\s:|(])`),
]
const LOGFMT = new RegExp(`(?:^|\\s)(?:level|lvl|severity)=["']?(${WORD})\\b`)

/** One letter for the level, as its first group that is set. */
const LETTERED = new RegExp(
  [
    // glog, klog, Triton, absl "I0130 10:00:00.000000 …"; torch "[W130 10:00:00.000000000 file.cpp:1] …"
    '^\\[?([TDIWEFC])\\d{3,4} \\d\\d:\\d\\d:\\d{2,10}\\.\\d+ ',
    // llama.cpp "0.00.035.060 I srv …", and without its clock "W llama_context: …"
    '^\\d+\\.\\d\\d\\.\\d{3}\\.\\d{3} ([TDIWEFC]) ',
    '^([DIWE]) (?:srv|slot|que|res|main|cmn|(?:llama|ggml|common|load|print)_\\w+:?) ',
    // TensorFlow "2024-01-30 10:00:00.000000: W tensorflow/…"; TensorRT-LLM "[…] [TRT-LLM] [W] …"; older torch
    `^${STAMP}: ([TDIWEFC]) `,
    `^${IN_BRACKETS}{1,3}\\[([TDIWEFC])\\] `,
    '^\\[([IWEF]) [\\w.]{1,80}:\\d+\\] ',
  ].join('|'),
)
/** What programs say last, in their runtime's words. */
const FAILURE =
  /^(?:Traceback \(most recent call last\):|Exception in thread |Uncaught |panic: |thread '[^']{0,80}' (?:\(\d+\) )?panicked at |[Ee]rror: |Fatal Python error: |terminate called |CUDA error: |Segmentation fault)/
/** Python's own warnings "file.py:12: UserWarning: …". */
const WARNED = /^[^\s:]{1,300}:\d{1,7}: \w{0,60}Warning: /

// Headers are at the beginning; a megabyte of payload must not be walked for them.
const HEAD_LENGTH = 400

const LOGFMT_HEADS: readonly RegExp[] = [LOGFMT]
const STAMP_OR_LOGFMT: readonly RegExp[] = [...STAMP_HEADS, LOGFMT]
const WORD_OR_LOGFMT: readonly RegExp[] = [...WORD_HEADS, LOGFMT]
const NO_HEADS: readonly RegExp[] = []

function headsOf(head: string): readonly RegExp[] {
  const first = head.charCodeAt(0)
  const isDigit = first >= 0x30 && first <= 0x39
  const stamped = isDigit || head.startsWith('[')
  const mayBeLogfmt = head.includes('l=') || head.includes('y=')
  if (stamped) return mayBeLogfmt ? STAMP_OR_LOGFMT : STAMP_HEADS
  const isUpper = first >= 0x41 && first <= 0x5a
  if (isUpper || first === 0x20) return mayBeLogfmt ? WORD_OR_LOGFMT : WORD_HEADS
  return mayBeLogfmt ? LOGFMT_HEADS : NO_HEADS
}

/** uvicorn "INFO:     127.0.0.1…", Python's default "WARNING:root:…", npm "ERROR: …": most lines. */
function levelBeforeColon(text: string): LogLevel | null {
  const starts = BEFORE_COLON[text.charCodeAt(0)]
  if (!starts) return null
  for (const [start, level] of starts) if (text.startsWith(start)) return level
  return null
}

/** The level a text line states in one of the formats people meet, or null: nothing is guessed from prose. */
export function levelOfText(text: string): LogLevel | null {
  const before = levelBeforeColon(text)
  if (before) return before
  const head = text.length > HEAD_LENGTH ? text.slice(0, HEAD_LENGTH) : text
  for (const pattern of headsOf(head)) {
    const word = pattern.exec(head)?.[1]
    if (word) return WORDS[word.toLowerCase()] ?? null
  }
  const lettered = LETTERED.exec(head)
    ?.slice(1)
    .find(letter => letter !== undefined)
  if (lettered) return LETTERS[lettered] ?? null
  if (head.includes('Warning: ') && WARNED.test(head)) return 'warning'
  return FAILURE.test(head) ? 'error' : null
}
