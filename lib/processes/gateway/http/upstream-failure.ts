/** Why a replica gave no (whole) answer, in the gateway's words. */
export type Failure = {
  kind:
    | /** Nothing was sent: another replica may be asked. */ 'unreachable'
    | /** The connection ended early. */ 'closed'
    | 'timeout'
    | /** A provider's front door does not know our account. */ 'credentials'
    | /** The request cannot be put into HTTP for a replica. */ 'unsendable'
    | /** Not HTTP, or too large a head. */ 'malformed'
  status: 400 | 502 | 504
  message: string
  cause: string
}

const CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])
const TIMEOUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])
const UNSENDABLE = new Set([
  'UND_ERR_INVALID_ARG',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_NOT_SUPPORTED',
])

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name

/** `wasSent`: the replica may have seen something of the request. */
export function failureOf(error: Error, wasSent: boolean): Failure {
  const code = codeOf(error)
  const cause = `${code}: ${error.message}`
  if (UNSENDABLE.has(code)) {
    return {
      kind: 'unsendable',
      status: 400,
      cause,
      message: 'Bad Request: the request cannot be forwarded.',
    }
  }
  if (TIMEOUT.has(code)) {
    const message = 'Gateway Timeout: the replica did not answer within this endpoint’s request timeout.'
    return { kind: 'timeout', status: 504, cause, message }
  }
  if (!wasSent) {
    return { kind: 'unreachable', status: 502, cause, message: 'Bad Gateway: no replica could be reached.' }
  }
  if (CLOSED.has(code)) {
    const message = 'Bad Gateway: the replica closed the connection before its answer was complete.'
    return { kind: 'closed', status: 502, cause, message }
  }
  return {
    kind: 'malformed',
    status: 502,
    cause,
    message: 'Bad Gateway: the replica’s answer is not usable.',
  }
}

/** Safe methods without a body change nothing, and may be sent again when the connection ended without an answer. */
export const isSafeToRepeat = (method: string, hasBody: boolean): boolean =>
  !hasBody && (method === 'GET' || method === 'HEAD' || method === 'OPTIONS')
