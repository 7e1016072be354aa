import type { ReplicaState } from '@/lib/domain/endpoint/state'

/** One colour per state, the same as in badges and timelines. */
export const BAND_COLORS: Record<ReplicaState, string> = {
  pending: 'var(--state-neutral)',
  downloading: 'var(--series-7)',
  initializing: 'var(--state-progress)',
  running: 'var(--state-good)',
  draining: 'var(--state-idle)',
  stopped: 'var(--state-neutral)',
  failed: 'var(--state-bad)',
}

/** In the order a replica goes through them. */
export const BAND_STATES = [
  'pending',
  'downloading',
  'initializing',
  'running',
  'draining',
  'stopped',
  'failed',
] as const satisfies readonly ReplicaState[]
