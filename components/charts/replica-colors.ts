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
