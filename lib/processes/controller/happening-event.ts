import type { EventKind } from '@/lib/domain/endpoint/event'
import type { Happening } from '@/lib/domain/endpoint/rollout-types'

export type HappeningEvent = {
  kind: EventKind
  message: string
  revision?: number
  replicaId?: string
  data?: Record<string, unknown>
}

const PHASES: Partial<Record<string, string>> = {
  pending: 'is waiting for its place',
  downloading: 'is downloading the model',
  initializing: 'is loading the model',
  running: 'is ready',
}

/** How a happening stands on the timeline. `failure` is the whole story of a revision that was given up. */
export function eventOf(happening: Happening, failure: string | null): HappeningEvent | null {
  switch (happening.kind) {
    case 'created': {
      const { state, revision } = happening.replica
      // At a provider that starts them itself, or was there first, it may be seen only when it runs.
      const message = state === 'running' ? `Runs revision ${revision}.` : `Starting revision ${revision}.`
      return ofReplica(happening, 'replicaStarted', message)
    }
    case 'restarted': {
      const { attempt, message } = happening.replica
      return ofReplica(happening, 'replicaStarted', message, { attempt })
    }
    case 'phase':
      return phaseEvent(happening)
    case 'exited': {
      const { exit, replica } = happening
      const data = { exit, attempt: replica.attempt, crashes: replica.crashes }
      return ofReplica(happening, 'replicaExited', replica.message, data)
    }
    case 'gaveUp':
      // Told whole by the failed rollout that comes with it.
      return null
    case 'draining':
      return ofReplica(happening, 'replicaDraining', `Finishing its requests: ${happening.reason}.`)
    case 'stopped':
      return ofReplica(happening, 'replicaStopped', 'Stopped.')
    case 'rolloutStarted': {
      const { revision, from } = happening
      const message = `Rolling out revision ${revision}; revision ${from} serves until it is ready.`
      return { kind: 'rolloutStarted', message, revision, data: { from } }
    }
    case 'rolloutFinished': {
      const { revision, from } = happening
      return { kind: 'rolloutFinished', message: `Revision ${revision} serves.`, revision, data: { from } }
    }
    case 'rolloutFailed': {
      const { revision, keeps } = happening
      const rest = keeps === null ? 'It is not started again.' : `Revision ${keeps} serves on.`
      const message = `Revision ${revision} failed. ${rest}${failure ? `\n${failure}` : ''}`
      return { kind: 'rolloutFailed', message, revision, data: { keeps } }
    }
    case 'driftFound':
    case 'driftResolved':
      return { kind: happening.kind, message: happening.message }
    case 'stateChanged': {
      const { from, to, message } = happening
      return { kind: 'stateChanged', message, data: { from, to } }
    }
  }
}

type OfReplica = Extract<Happening, { replica: unknown }>

const ofReplica = (
  { replica }: OfReplica,
  kind: EventKind,
  text: string,
  data?: Record<string, unknown>,
): HappeningEvent => ({
  kind,
  message: `${replica.name}: ${text}`,
  revision: replica.revision,
  replicaId: replica.id,
  ...(data ? { data } : {}),
})

function phaseEvent(happening: Extract<Happening, { kind: 'phase' }>): HappeningEvent {
  const { replica, from, tookMs } = happening
  const isReady = replica.state === 'running'
  const after = isReady ? ` after ${(tookMs / 1000).toFixed(1)} s` : ''
  const message = `${replica.name} ${PHASES[replica.state] ?? replica.state}${after}.`
  return {
    kind: isReady ? 'replicaReady' : 'replicaPhase',
    message,
    revision: replica.revision,
    replicaId: replica.id,
    data: { from, to: replica.state, tookMs, attempt: replica.attempt },
  }
}
