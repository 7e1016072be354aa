import { type Refusal, refusal } from '../http/refusal'
import type { EndpointRoute } from './routing-table'

type Facts = Pick<EndpointRoute, 'name' | 'desired' | 'state' | 'message' | 'replicas'>

/** A refusal that a caller does well to retry says after how many seconds. */
const later = (seconds: number) => ['Retry-After', String(seconds)]

/** Why an endpoint cannot take a request now; null when it can. */
export function unavailability({ name, desired, state, message, replicas }: Facts): Refusal | null {
  if (desired === 'paused') {
    // The first words are Hugging Face's answer; its clients look for them.
    return refusal(
      400,
      `Bad Request: Invalid state: ${name} is paused. It answers again after somebody in its team resumes it.`,
    )
  }
  if (desired === 'scaledToZero') {
    return refusal(503, `${name} is scaled to zero and has no replica to answer.`, later(30))
  }
  if (replicas.length > 0) return null
  const why = message === '' ? '' : ` (${message.replace(/\.$/, '')})`
  switch (state) {
    case 'failed':
      return refusal(503, `${name} has failed and has no replica to answer${why}. See its page and logs.`)
    case 'pending':
    case 'initializing':
    case 'paused':
    case 'scaledToZero':
      return refusal(503, `${name} is starting${why}. Try again shortly.`, later(5))
    case 'updating':
    case 'updateFailed':
    case 'running':
      return refusal(503, `${name} has no replica ready at the moment${why}. Try again shortly.`, later(2))
  }
}
