import type { EndpointFacts, Happening, Replica, Step } from './rollout-types'

export type Advanced = { replicas: Replica[]; happenings: Happening[] }

/** The rows after these steps. `mintId` names new replicas. */
export function takeSteps(
  facts: Pick<EndpointFacts, 'replicas' | 'highestNumbers' | 'nowMs'>,
  steps: readonly Step[],
  mintId: () => string,
): Advanced {
  const replicas = new Map(facts.replicas.map(replica => [replica.id, replica]))
  const numbers = new Map(facts.highestNumbers)
  const happenings: Happening[] = []
  for (const step of steps) {
    if (step.kind === 'create') {
      const number = (numbers.get(step.revision) ?? 0) + 1
      numbers.set(step.revision, number)
      const replica = newReplica(mintId(), `r${step.revision}-${number}`, step.revision, facts.nowMs)
      replicas.set(replica.id, replica)
      happenings.push({ kind: 'created', replica })
      continue
    }
    const before = replicas.get(step.replicaId)
    if (!before) continue
    const { replica, happening } = takeStep(before, step, facts.nowMs)
    replicas.set(replica.id, replica)
    if (happening) happenings.push(happening)
  }
  return { replicas: [...replicas.values()], happenings }
}

const newReplica = (id: string, name: string, revision: number, nowMs: number): Replica => ({
  id,
  name,
  revision,
  state: 'pending',
  message: 'Waiting for its place.',
  address: null,
  attempt: 0,
  crashes: 0,
  createdAtMs: nowMs,
  attemptStartedAtMs: nowMs,
  progressedAtMs: nowMs,
  readyAtMs: null,
  drainingAtMs: null,
  stoppedAtMs: null,
  exit: null,
})

type Taken = { replica: Replica; happening?: Happening }

function takeStep(before: Replica, step: Exclude<Step, { kind: 'create' }>, nowMs: number): Taken {
  switch (step.kind) {
    case 'restart': {
      const attempt = before.attempt + 1
      const again = `Starting again (restart ${attempt}).`
      const replica: Replica = {
        ...before,
        state: 'pending',
        message: step.why ? `${step.why} ${again}` : again,
        address: null,
        attempt,
        attemptStartedAtMs: nowMs,
        progressedAtMs: nowMs,
      }
      return { replica, happening: { kind: 'restarted', replica } }
    }
    case 'drain': {
      const message = `Finishing its requests: ${step.reason}.`
      const replica: Replica = { ...before, state: 'draining', message, drainingAtMs: nowMs }
      return { replica, happening: { kind: 'draining', replica, reason: step.reason } }
    }
    case 'letGo':
      return letGo(before, step.reason, nowMs)
    case 'giveUp':
      return giveUp(before, step.why, nowMs)
  }
}

/** One that hangs is still there: it is stopped, and gone when the provider says so. */
function giveUp(before: Replica, why: string | undefined, nowMs: number): Taken {
  const replica: Replica =
    why === undefined
      ? { ...before, stoppedAtMs: nowMs }
      : { ...before, state: 'stopped', address: null, message: why }
  return { replica, happening: { kind: 'gaveUp', replica } }
}

/** What has exited already is gone at once; anything else when the provider says so. */
function letGo(before: Replica, reason: string, nowMs: number): Taken {
  if (before.state === 'failed') {
    const replica: Replica = { ...before, stoppedAtMs: nowMs }
    return { replica, happening: { kind: 'stopped', replica } }
  }
  const replica: Replica = { ...before, state: 'stopped', address: null, message: `Stopping: ${reason}.` }
  return { replica }
}
