/** Hugging Face's own state words, so that its clients understand us. What was last observed. */
export const ENDPOINT_STATES = [
  'pending',
  'initializing',
  'updating',
  'updateFailed',
  'running',
  'paused',
  'failed',
  'scaledToZero',
] as const
export type EndpointState = (typeof ENDPOINT_STATES)[number]

/** What the team wants, beside what was observed. */
export const DESIRED_STATES = ['present', 'paused', 'scaledToZero', 'absent'] as const
export type DesiredState = (typeof DESIRED_STATES)[number]

/** States the controller is still moving out of by itself; pages poll while in one. */
export const IN_FLIGHT_STATES: readonly EndpointState[] = ['pending', 'initializing', 'updating']

/** The gateway forwards requests in these (old replicas keep serving through an update). */
export const SERVING_STATES: readonly EndpointState[] = ['running', 'updating', 'updateFailed']

export type Tone = 'neutral' | 'progress' | 'good' | 'warning' | 'bad' | 'idle'

/** Label, tone and a sentence; icon and colour belong to the component that draws it. */
export const STATE_INFO: Record<EndpointState, { label: string; tone: Tone; help: string }> = {
  pending: { label: 'Pending', tone: 'progress', help: 'Waiting for the controller to place it.' },
  initializing: {
    label: 'Initializing',
    tone: 'progress',
    help: 'Replicas are starting: downloading, loading, becoming ready.',
  },
  updating: {
    label: 'Updating',
    tone: 'progress',
    help: 'A new revision is rolling out; the old one keeps serving until it is ready.',
  },
  updateFailed: {
    label: 'Update failed',
    tone: 'warning',
    help: 'The new revision did not start; the old one still serves.',
  },
  running: { label: 'Running', tone: 'good', help: 'All replicas are ready.' },
  paused: {
    label: 'Paused',
    tone: 'idle',
    help: 'No replicas, no cost, no answers until somebody resumes it.',
  },
  failed: {
    label: 'Failed',
    tone: 'bad',
    help: 'No replica could be started; see the message and the logs.',
  },
  scaledToZero: { label: 'Scaled to zero', tone: 'idle', help: 'No replicas; the next request wakes it.' },
}

export const REPLICA_STATES = [
  'pending',
  'downloading',
  'initializing',
  'running',
  'draining',
  'stopped',
  'failed',
] as const
export type ReplicaState = (typeof REPLICA_STATES)[number]
