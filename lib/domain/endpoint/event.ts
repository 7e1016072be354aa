/** What can stand on an endpoint's timeline. */
export const EVENT_KINDS = [
  'created',
  'updated',
  'pauseRequested',
  'resumeRequested',
  'deleteRequested',
  'stateChanged',
  'rolloutStarted',
  'rolloutFinished',
  'rolloutFailed',
  'replicaStarted',
  'replicaPhase',
  'replicaReady',
  'replicaExited',
  'replicaDraining',
  'replicaStopped',
  'removed',
  'providerError',
  'logsDropped',
  'logsStopped',
  'logsResumed',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]
