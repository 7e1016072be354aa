import type { DriftView } from './drift-view'
import {
  type DesiredState,
  type EndpointState,
  IN_FLIGHT_STATES,
  type ReplicaState,
  STATE_INFO,
  type Tone,
} from './state'

type Standing = {
  state: EndpointState
  desired: DesiredState
  errorMessage: string | null
  removedAt: string | null
  drift?: DriftView | null
  isReadOnly?: boolean
}

export type DisplayState = { label: string; tone: Tone; help: string }

/**
 * What a person is told. Where what was observed has not caught up with what the team wants, the word is about
 * the way there: "Running" after a click on pause would look as if nothing had happened.
 */
export function displayState({
  state,
  desired,
  errorMessage,
  removedAt,
  drift,
  isReadOnly,
}: Standing): DisplayState {
  if (removedAt !== null)
    return { label: 'Deleted', tone: 'idle', help: 'Nothing of it runs; what it left can be read.' }
  if (desired === 'absent')
    return errorMessage === null
      ? { label: 'Deleting', tone: 'progress', help: 'Its replicas are being stopped and removed.' }
      : {
          label: 'Delete failed',
          tone: 'bad',
          help: 'Something of it is left at the provider; Slipway keeps trying.',
        }
  if (isReadOnly) return STATE_INFO[state]
  if (drift?.state) return { ...OUTSIDE[drift.state], help: drift.sentence }
  if (desired === 'paused' && state !== 'paused')
    return { label: 'Pausing', tone: 'progress', help: 'Replicas finish their requests, then stop.' }
  if (desired === 'scaledToZero' && state !== 'scaledToZero')
    return {
      label: 'Scaling to zero',
      tone: 'progress',
      help: 'Its replicas stop; the next request starts one.',
    }
  if (desired === 'present' && state === 'paused')
    return { label: 'Resuming', tone: 'progress', help: 'The controller is about to start its replicas.' }
  return STATE_INFO[state]
}

/** What nobody here asked for: not on the way anywhere. */
const OUTSIDE: Record<NonNullable<DriftView['state']>, Omit<DisplayState, 'help'>> = {
  gone: { label: 'Gone', tone: 'bad' },
  paused: { label: 'Paused', tone: 'warning' },
  running: { label: 'Running', tone: 'warning' },
}

/** Whether something is still moving by itself: pages look again every few seconds only then. */
export function isInFlight({
  state,
  desired,
  removedAt,
  drift,
  isReadOnly,
}: Pick<Standing, 'state' | 'desired' | 'drift' | 'isReadOnly'> & { removedAt?: string | null }): boolean {
  if (removedAt) return false
  if (desired === 'absent' || IN_FLIGHT_STATES.includes(state)) return true
  if (drift?.state || isReadOnly) return false
  if (desired === 'scaledToZero' && state !== 'scaledToZero') return true
  return (desired === 'paused') !== (state === 'paused')
}

export const REPLICA_STATE_INFO: Record<ReplicaState, DisplayState> = {
  pending: { label: 'Pending', tone: 'neutral', help: 'Named, not started yet.' },
  downloading: { label: 'Downloading', tone: 'progress', help: 'Fetching the model.' },
  initializing: { label: 'Initializing', tone: 'progress', help: 'Loading the model into memory.' },
  running: { label: 'Running', tone: 'good', help: 'Ready and answering.' },
  draining: {
    label: 'Draining',
    tone: 'progress',
    help: 'Gets nothing new; stops when its requests are done.',
  },
  stopped: { label: 'Stopped', tone: 'idle', help: 'Ended on purpose.' },
  failed: { label: 'Failed', tone: 'bad', help: 'Ended by itself; the exit reason says how.' },
}
