import type { EventKind } from './event'
import type { Tone } from './state'

/** How an event is coloured on the timeline; its sentence says the rest. */
export const EVENT_TONE: Record<EventKind, Tone> = {
  created: 'neutral',
  updated: 'neutral',
  pauseRequested: 'idle',
  resumeRequested: 'neutral',
  deleteRequested: 'warning',
  stateChanged: 'progress',
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
  logsDropped: 'warning',
  logsStopped: 'bad',
  logsResumed: 'neutral',
  scaleToZeroRequested: 'idle',
}
