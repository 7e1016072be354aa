import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LogLevel } from './line'
import { jsonFields, parseLine, plainLine } from './parse-line'

const READ_AT = Date.parse('2026-01-31T12:00:00.500Z')

describe('the level of a line as real programs write it', () => {
  const samples: [program: string, line: string, level: LogLevel | null][] = [
    ['uvicorn', 'INFO:     Started server process [17]', 'info'],
    ['uvicorn access', 'INFO:     127.0.0.1:51234 - "POST /predict HTTP/1.1" 200 OK', 'info'],
    ['uvicorn', 'ERROR:    Exception in ASGI application', 'error'],
    ['gunicorn', '[2026-01-31 12:00:00 +0000] [7] [INFO] Booting worker with pid: 7', 'info'],
    ['gunicorn', '[2026-01-31 12:00:00 +0000] [1] [CRITICAL] WORKER TIMEOUT (pid:7)', 'critical'],
    ['vLLM', 'INFO 01-31 12:00:00 [api_server.py:1289] vLLM API server version 0.9.1', 'info'],
    ['vLLM', '(EngineCore_0 pid=123) WARNING 01-31 12:00:00 [core.py:77] low memory', 'warning'],
    ['vLLM, older', 'ERROR 01-31 12:00:00 engine.py:366] out of blocks', 'error'],
    ['TGI', '2026-01-31T12:00:00.000000Z  INFO text_generation_launcher: Args {', 'info'],
    ['TGI', '2026-01-31T12:00:00.000000Z ERROR warmup{max=4096}: text_generation_client: oom', 'error'],
    [
      'TEI with colours',
      '\u001b[2m2026-01-31T12:00:00.000000Z\u001b[0m \u001b[33m WARN\u001b[0m \u001b[2mtext_embeddings_router\u001b[0m: x',
      'warning',
    ],
    ['llama.cpp', '0.00.035.060 I llama_model_loader: loaded meta data', 'info'],
    ['llama.cpp', '0.01.135.060 E srv  load_model: failed to load model', 'error'],
    ['llama.cpp, older', 'WARN [              server_params_parse] Not compiled with GPU', 'warning'],
    ['Python default', 'WARNING:root:disk is nearly full', 'warning'],
    ['Python common', '2026-01-31 12:00:00,123 - app.model - DEBUG - loading', 'debug'],
    ['Python short', '2026-01-31 12:00:00,123 ERROR app.model: failed', 'error'],
    ['loguru', '2026-01-31 12:00:00.123 | SUCCESS  | app:main:12 - ready', 'info'],
    ['glog, Triton', 'W0131 12:00:00.123456 1 pinned_memory_manager.cc:170] no CUDA', 'warning'],
    ['nginx', '2026/01/31 12:00:00 [error] 7#7: *1 connect() failed', 'error'],
    ['logfmt', 'time="2026-01-31T12:00:00Z" level=warning msg="slow"', 'warning'],
    ['pino', '{"level":50,"time":1769860800000,"msg":"no"}', 'error'],
    ['JSON', '{"severity":"WARNING","message":"x"}', 'warning'],
    ['JSON, Python', '{"levelname": "INFO", "message": "x"}', 'info'],
    [
      'our model server',
      '2026-01-31T12:00:00.000Z INFO request id=abcd-1234 POST /predict 200 12.3ms',
      'info',
    ],
    ['Python trace', 'Traceback (most recent call last):', 'error'],
    ['prose', 'There was an ERROR somewhere, I heard', null],
    ['prose', 'information is power', null],
    ['nothing', '', null],
  ]
  test.each(samples)('%s: %s', (_, line, level) => {
    expect(parseLine(plainLine(line), READ_AT).level).toBe(level)
  })
})

describe('the request id a line carries', () => {
  const samples: [string, string | null][] = [
    ['2026-01-31T12:00:00.000Z INFO request id=abcd-1234 POST /predict 200 12.3ms', 'abcd-1234'],
    ['INFO request_id="3f2a-77" done', '3f2a-77'],
    ['x-request-id: 7b6641f3-59b6-4f3e-bf43-447b1878acdc', '7b6641f3-59b6-4f3e-bf43-447b1878acdc'],
    ['[req-id=abcdef] ok', 'abcdef'],
    ['INFO 01-31 12:00:00 [logger.py:43] Received request chatcmpl-7b6641f359b6: prompt: 1', '7b6641f359b6'],
    ['INFO 01-31 12:00:00 [engine.py:310] Added request cmpl-7b6641f359b6-0.', '7b6641f359b6'],
    ['{"level":30,"req":{"id":"abcd-9999","method":"POST"},"msg":"x"}', 'abcd-9999'],
    ['{"level":30,"request_id":"abcd-8888"}', 'abcd-8888'],
    ['{"x-request-id":"abcd-7777"}', 'abcd-7777'],
    ['GET /requests 200', null],
    ['no id here', null],
  ]
  test.each(samples)('%s', (line, id) => {
    expect(parseLine(plainLine(line), READ_AT).requestId).toBe(id)
  })
})

test('a time counts only with its zone and near the moment it was read', () => {
  const timeOf = (line: string) => parseLine(plainLine(line), READ_AT).timeMs
  expect(timeOf('2026-01-31T12:00:00.123Z INFO x')).toBe(Date.parse('2026-01-31T12:00:00.123Z'))
  expect(timeOf('[2026-01-31 13:00:00 +0100] [7] [INFO] x')).toBe(Date.parse('2026-01-31T12:00:00Z'))
  expect(timeOf('{"time":1769860800250,"msg":"ms"}')).toBe(1769860800250)
  expect(timeOf('{"ts":1769860800.25,"msg":"s"}')).toBe(1769860800250)
  expect(timeOf('2026-01-31 11:59:59,123 INFO without a zone')).toBe(READ_AT)
  expect(timeOf('2019-01-31T12:00:00Z INFO of long ago')).toBe(READ_AT)
  expect(timeOf('{"time":7}')).toBe(READ_AT)
})

test('whatever a container writes is parsed in time and without an exception', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '{"',
      '"}',
      '\u001b[',
      '\u001b]8;;',
      'request_id=',
      '2026-01-31T',
      'level=',
      '[[[[',
      '\r',
      '\0',
    ),
  )
  const line = fc.array(piece, { maxLength: 15 }).map(pieces => pieces.join(''))
  fc.assert(
    fc.property(line, text => {
      const facts = parseLine(plainLine(text), READ_AT)
      expect(Number.isFinite(facts.timeMs)).toBe(true)
      jsonFields(text)
    }),
    { numRuns: 300 },
  )
}, 30_000)

test.each([
  ['one character', 'a'.repeat(65_536)],
  ['open brackets', '['.repeat(65_536)],
  ['escapes', '\u001b['.repeat(32_768)],
  ['an endless colour', `\u001b[${'1;'.repeat(32_000)}`],
  ['nearly ids', 'request_id='.repeat(6_000)],
  ['nearly JSON', `{${'{'.repeat(65_000)}}`],
])('the longest line of %s costs no more than a moment', (_, text) => {
  // Processor time: a busy machine is not what is measured here.
  const before = process.cpuUsage()
  parseLine(plainLine(text), READ_AT)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(300)
})
