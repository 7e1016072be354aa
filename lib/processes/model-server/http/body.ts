import type { ServedTask } from '@/lib/domain/endpoint/task'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Payload } from '../tasks/adapter'
import { isSupported, mediaType, SUPPORTED_CONTENT_TYPES, typeOfRawBytes } from './content-types'

/** Enough of a wrong body to recognise it by, never all of it: it is echoed to whoever sent it. */
const ECHO_CHARACTERS = 200

type JsonObject = Record<string, unknown>
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export type DecodedBody = { payload: Payload; stream: boolean }

/** Decodes a toolkit request: content type, JSON, `inputs`, `parameters`, and query parameters where none are given. */
export function decodeBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  query: URLSearchParams,
  task: ServedTask,
): Result<DecodedBody> {
  const sent = mediaType(contentType ?? 'application/json')
  const type = sent === 'application/octet-stream' ? typeOfRawBytes(task) : sent
  if (type === null || !isSupported(type)) {
    return fail(
      'invalid',
      `Content type "${contentType}" not supported. Supported content types are: ${SUPPORTED_CONTENT_TYPES.join(', ')}`,
    )
  }
  if (type !== 'application/json') {
    if (bytes.byteLength === 0) return fail('invalid', 'The body is empty.')
    return ok({
      payload: { kind: 'bytes', bytes, contentType: type, parameters: queryParameters(query) },
      stream: false,
    })
  }
  const parsed = parseJsonObject(bytes)
  if (!parsed.ok) return parsed
  return decodeObject(parsed.data, query)
}

/** Parses a JSON object out of a body. */
export function parseJsonObject(bytes: Uint8Array): Result<JsonObject> {
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '') return fail('invalid', 'The body is empty; send JSON with an "inputs" key.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return fail('invalid', `The body is not valid JSON: ${error instanceof Error ? error.message : error}`)
  }
  return isObject(value)
    ? ok(value)
    : fail('invalid', `The body must be a JSON object, received: ${echo(value)}`)
}

function decodeObject(body: JsonObject, query: URLSearchParams): Result<DecodedBody> {
  const { inputs, instances, parameters, stream, ...options } = body
  const given = inputs ?? instances
  if (given === undefined || given === null) {
    return fail('invalid', `Body needs to provide a inputs key, received: ${echo(body)}`)
  }
  if (parameters !== undefined && parameters !== null && !isObject(parameters)) {
    return fail('invalid', '"parameters" must be an object.')
  }
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean') {
    return fail('invalid', '"stream" must be true or false.')
  }
  return ok({
    payload: { kind: 'json', inputs: given, parameters: parameters ?? queryParameters(query), options },
    stream: stream === true,
  })
}

/** `?top_k=2&multi_label=true` → `{ top_k: 2, multi_label: true }`. */
function queryParameters(query: URLSearchParams): JsonObject {
  const entries = [...query].map(([name, text]): [string, unknown] => {
    if (text === 'true' || text === 'false') return [name, text === 'true']
    return [name, /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text]
  })
  return Object.fromEntries(entries)
}

function echo(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > ECHO_CHARACTERS ? `${text.slice(0, ECHO_CHARACTERS)}…` : text
}
