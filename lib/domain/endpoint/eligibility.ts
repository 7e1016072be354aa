import type { DesiredState, EndpointState } from './state'

/** What decides whether an action makes sense now; rights are asked separately (`access/rights.ts`). */
export type Standing = {
  state: EndpointState
  desired: DesiredState
  removedAt: unknown
  /** Adopted, and nobody has said yet that Slipway may change it. */
  isReadOnly: boolean
}

export const ENDPOINT_ACTIONS = [
  'update',
  'pause',
  'scaleToZero',
  'resume',
  'remove',
  'call',
  'manage',
  'release',
] as const
export type EndpointAction = (typeof ENDPOINT_ACTIONS)[number]

/**
 * Why an action is not possible in the endpoint's present state, as a sentence; null when it is. Asked by the
 * service before it acts, and by header button and row menu before they offer it.
 */
export function whyNot(action: EndpointAction, endpoint: Standing): string | null {
  if (endpoint.removedAt) return 'This endpoint is deleted; what is left of it can only be read.'
  if (endpoint.desired === 'absent') return action === 'remove' ? null : 'This endpoint is being deleted.'
  const isOfWatched = action === 'manage' || action === 'release'
  if (endpoint.isReadOnly && !isOfWatched && action !== 'call') return READ_ONLY
  switch (action) {
    case 'manage':
    case 'release':
      return endpoint.isReadOnly ? null : 'Slipway manages this endpoint already.'
    case 'update':
    case 'remove':
      return null
    case 'pause':
      return endpoint.desired === 'paused' ? 'This endpoint is already paused.' : null
    case 'scaleToZero':
      return endpoint.desired === 'present' ? null : 'This endpoint has no replicas to scale down.'
    case 'resume':
      if (endpoint.desired === 'paused') return null
      // Hugging Face's client takes a refusal with the words "already running" for success.
      if (endpoint.state === 'scaledToZero')
        return 'This endpoint is already running, scaled to zero: the next request wakes it.'
      return endpoint.state === 'failed'
        ? 'This endpoint has failed. Read its logs, then change its settings, or pause and resume it to try again.'
        : 'This endpoint is already running or on its way.'
    case 'call':
      return endpoint.desired === 'paused' ? 'This endpoint is paused. Resume it to call it.' : null
  }
}

const READ_ONLY =
  'Slipway only looks at this endpoint, which was in the account before. Press Manage on its page to let Slipway change it, or Release to forget it.'
