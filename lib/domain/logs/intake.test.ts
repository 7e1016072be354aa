import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeIntake, emptyIntake, intake, type RawLine } from './intake'
import { MAX_LINE_BYTES } from './line'
import { linesOfRuns } from './line-runs'

const encoder = new TextEncoder()
const raw = (text: string | Uint8Array, timeMs = 1_000, stream: RawLine['stream'] = 'stdout'): RawLine => ({
  timeMs,
  stream,
  text: typeof text === 'string' ? encoder.encode(text) : text,
})
const all = (lines: readonly RawLine[], rate = Number.POSITIVE_INFINITY) =>
  linesOfRuns(intake(emptyIntake(), lines, rate).lines)

describe('lines that belong together', () => {
  const trace = [
    'ERROR:root:request id=abcd-1234 failed',
    'Traceback (most recent call last):',
    '  File "/app/server.py", line 41, in predict',
    '    return model(inputs)',
    'ValueError: inputs must be a string',
    '',
    'During handling of the above exception, another exception occurred:',
    '',
    'Traceback (most recent call last):',
    '  File "/app/server.py", line 50, in handler',
    'app.errors.PredictionError: no',
    'INFO:root:next',
  ]

  test('a chained Python trace is one block with the error it was logged with', () => {
    const lines = all(trace.map(text => raw(text)))
    expect(lines.map(line => line.continues ?? false)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      false,
    ])
    expect(lines[3]).toMatchObject({ level: 'error', requestId: 'abcd-1234' })
    expect(lines.at(-1)).toMatchObject({ level: 'info', requestId: null })
  })

  test('two traces without a word between them are two', () => {
    const one = ['Traceback (most recent call last):', '  File "a.py", line 1', 'KeyError: 1']
    const lines = all([...one, ...one].map(text => raw(text)))
    expect(lines.map(line => line.continues ?? false)).toEqual([false, true, true, false, true, true])
  })

  test('Java, Go and Node traces', () => {
    const java = all(
      [
        'Exception in thread "main" java.lang.RuntimeException: x',
        '\tat A.b(A.java:1)',
        'Caused by: java.io.IOException',
        '\t... 2 more',
      ].map(text => raw(text)),
    )
    expect(java.map(line => line.continues ?? false)).toEqual([false, true, true, true])
    const node = all(
      ['ERROR: boom', '    at Object.<anonymous> (a.js:1:1)', 'INFO: on'].map(text => raw(text)),
    )
    expect(node.map(line => line.continues ?? false)).toEqual([false, true, false])
  })

  test('the other stream in between, and a pause, are told apart', () => {
    const lines = all([
      raw('ERROR: x'),
      raw('INFO: y', 1_000, 'stderr'),
      raw('  at z'),
      raw('  later', 60_000),
    ])
    expect(lines.map(line => line.continues ?? false)).toEqual([false, false, true, false])
  })

  test('a block continues over a restart of the collector', () => {
    const first = intake(emptyIntake(), [raw('ERROR: x')], 10)
    const state = JSON.parse(JSON.stringify(first.state)) as typeof first.state
    expect(intake(state, [raw('    at y')], 10).lines[0]).toMatchObject({ continues: true, level: 'error' })
  })
})

describe('long and broken lines', () => {
  test('64 KiB are kept, and how much was cut is said', () => {
    const [line] = all([raw('x'.repeat(MAX_LINE_BYTES + 10))])
    expect(line?.text).toHaveLength(MAX_LINE_BYTES)
    expect(line?.cutBytes).toBe(10)
    expect(all([raw('x'.repeat(MAX_LINE_BYTES))])[0]).not.toHaveProperty('cutBytes')
  })

  test('what a provider cut off before counts too', () => {
    const [line] = all([{ ...raw('a'.repeat(MAX_LINE_BYTES)), cutBytes: 5_000 }])
    expect(line).toMatchObject({ cutBytes: 5_000 })
    expect(line?.text.length).toBe(MAX_LINE_BYTES)
  })

  test('a character is never cut in half', () => {
    for (let shift = 0; shift < 4; shift += 1) {
      const [line] = all([raw(`${'x'.repeat(shift)}${'😀'.repeat(20_000)}`)])
      expect(line?.text).not.toContain('\ufffd')
      const kept = encoder.encode(line?.text).length
      expect(kept + (line?.cutBytes ?? 0)).toBe(shift + 80_000)
    }
  })

  test('bytes that are no UTF-8 become text that can be stored and sent', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        const [line] = all([raw(bytes)])
        expect(JSON.parse(JSON.stringify(line))).toEqual(line)
        expect(line?.text).not.toMatch(
          /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
        )
      }),
    )
  })
})

describe('the rate limit', () => {
  const burst = (count: number, timeMs: number) =>
    Array.from({ length: count }, (_, n) => raw(`line ${n}`, timeMs))

  test('counts in the log’s own seconds and says what is missing where it is missing', () => {
    const lines = all([...burst(8, 1_500), raw('after', 2_100)], 5)
    expect(lines.map(line => line.text)).toEqual([
      'line 0',
      'line 1',
      'line 2',
      'line 3',
      'line 4',
      '3 lines dropped',
      'after',
    ])
    expect(lines[5]).toMatchObject({ dropped: 3, timeMs: 2_100 })
  })

  test('reading up after a pause drops nothing', () => {
    const hour = Array.from({ length: 3_600 }, (_, second) => burst(5, second * 1_000)).flat()
    expect(all(hour, 5)).toHaveLength(18_000)
  })

  test('every line is either there or counted, however the output is cut into pieces', () => {
    const lines = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 200 })
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        (steps, rate, size) => {
          let timeMs = 0
          const input = steps.map(step => {
            timeMs += step * 250
            return raw('x', timeMs)
          })
          let state = emptyIntake()
          const out = []
          for (let at = 0; at < input.length; at += size) {
            const part = intake(state, input.slice(at, at + size), rate)
            state = part.state
            out.push(...linesOfRuns(part.lines))
          }
          out.push(...linesOfRuns(closeIntake(state, timeMs).lines))
          const kept = out.filter(line => line.dropped === undefined).length
          const dropped = out.reduce((sum, line) => sum + (line.dropped ?? 0), 0)
          expect(kept + dropped).toBe(input.length)
          // In one piece the same lines are dropped.
          expect(kept).toBe(all(input, rate).filter(line => line.dropped === undefined).length)
        },
      ),
    )
  })
})

describe('lines that come together', () => {
  /** What one line can mean for the next, or for itself. */
  const text = fc.oneof(
    fc.constantFrom(
      'INFO:     127.0.0.1:1 - "POST / HTTP/1.1" 200 OK',
      'ERROR:root:request id=abcd-1234 failed',
      'Traceback (most recent call last):',
      '  File "/app/server.py", line 41, in predict',
      '\tat A.b(A.java:1)',
      'ValueError: inputs must be a string',
      'Error: Could not create backend',
      'Caused by: java.io.IOException',
      'goroutine 7 [running]:',
      "thread 'main' panicked at src/main.rs:1",
      'stack backtrace:',
      'Exception in thread "main" java.lang.RuntimeException: x',
      '(APIServer pid=6)   File "x"',
      '[rank0]: Traceback (most recent call last):',
      'ERROR 10-15 08:32:29 [core.py:708]   File "x"',
      'ERROR 10-15 08:32:29 [core.py:708] \tfile',
      '\u001b[31m  red\u001b[0m',
      '{"level":50,"reqId":"abcd-1234","msg":"no"}',
      'X-Request-ID: abcd-1234',
      'REQUEST_ID=abcd-1234',
      'ends like Windows\r',
      '',
      ' ',
      'x'.repeat(MAX_LINE_BYTES + 1),
    ),
    fc.string({ unit: 'binary' }).map(any => any.replaceAll('\n', ' ')),
  )

  test('are read as each by itself, within the limit and beyond it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(text, { minLength: 1, maxLength: 6 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (blocks, rate) => {
          const origin = { timeMs: 1_000, stream: 'stderr' as const }
          const together = blocks.map(texts => ({ ...origin, text: texts.join('\n') }))
          const alone = blocks.flat().map(one => ({ ...origin, text: one }))
          const read = intake(emptyIntake(), together, rate)
          const expected = intake(emptyIntake(), alone, rate)
          expect(linesOfRuns(read.lines)).toEqual(linesOfRuns(expected.lines))
          expect(read.state).toEqual(expected.state)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
