import type { EventKind } from './event'
import { type EndpointState, STATE_INFO, type Tone } from './state'

const TONE_OF_KIND: Record<Exclude<EventKind, 'stateChanged'>, Tone> = {
  created: 'neutral',
  updated: 'neutral',
  pauseRequested: 'idle',
  resumeRequested: 'neutral',
  deleteRequested: 'warning',
  rolloutStarted: 'progress',
  rolloutFinished: 'good',
  rolloutFailed: 'bad',
  replicaStarted: 'progress',
  replicaPhase: 'progress',
  replicaReady: 'good',
  replicaExited: 'bad',
  replicaDraining: 'idle',
  replicaStopped: 'idle',
  removed: 'idle',
  providerError: 'bad',
  driftFound: 'warning',
  driftResolved: 'neutral',
  addressLost: 'bad',
  addressFound: 'good',
  logsDropped: 'warning',
  logsStopped: 'bad',
  logsResumed: 'neutral',
  scaleToZeroRequested: 'idle',
}

/** How an event is coloured on the timeline; its sentence says the rest. */
export function eventTone({ kind, state }: { kind: EventKind; state: EndpointState | null }): Tone {
  if (kind !== 'stateChanged') return TONE_OF_KIND[kind]
  // Events written before the state was known to this version have none to show.
  return state === null ? 'neutral' : STATE_INFO[state].tone
}
