import { fail, ok, type Result } from '@/lib/domain/result'
import type { Payload } from './adapter'

/** Strict: a path or a URL must not pass for content. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const DATA_URL = /^data:[\w.+-]+\/[\w.+-]+;base64,/

/**
 * Media are sent as bytes with their content type, or as base64 in JSON. A string is never a path or a URL to fetch:
 * that would let a caller reach what only this machine can.
 */
export function decodeMedia(value: unknown, family: 'image' | 'audio'): Result<Uint8Array> {
  const expected = `must be the ${family} itself: bytes sent with an ${family}/* content type, or base64 in JSON`
  if (typeof value !== 'string' || value === '') return fail('invalid', `inputs ${expected}.`)
  const text = value.replace(DATA_URL, '')
  if (!BASE64.test(text)) return fail('invalid', `inputs ${expected}; the given string is not base64.`)
  return ok(new Uint8Array(Buffer.from(text, 'base64')))
}

/**
 * The medium of a request and the rest of its `inputs`: `{image, question}` and the like. `key` names the medium where
 * inputs is an object.
 */
export function readMedia(
  payload: Payload,
  family: 'image' | 'audio',
  keys: readonly string[] = [],
): Result<{ bytes: Uint8Array; rest: Record<string, unknown>; parameters: Record<string, unknown> }> {
  if (payload.kind === 'bytes') {
    if (!payload.contentType.startsWith(`${family}/`)) {
      return fail('invalid', `This task takes ${family} content, not ${payload.contentType}.`)
    }
    return ok({ bytes: payload.bytes, rest: {}, parameters: payload.parameters })
  }
  const { inputs, parameters, options } = payload
  const isObject = typeof inputs === 'object' && inputs !== null && !Array.isArray(inputs)
  const rest: Record<string, unknown> = isObject ? { ...inputs } : {}
  const key = keys.find(name => name in rest)
  const medium = decodeMedia(isObject ? key && rest[key] : inputs, family)
  if (!medium.ok) return medium
  if (key) delete rest[key]
  return ok({ bytes: medium.data, rest, parameters: { ...options, ...parameters } })
}
