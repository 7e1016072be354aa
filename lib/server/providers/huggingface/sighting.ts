import type { EndpointSighting, ReplicaSighting } from '@/lib/domain/endpoint/self-rollout-types'
import { STATE_INFO } from '@/lib/domain/endpoint/state'
import { type AllowedHosts, urlProblem } from '@/lib/server/outbound/address-rule'
import { replicaIdOf } from '../replica-id'
import type { HfEndpoint, hfReplicas } from './answers'
import { revisionOfTags } from './naming'
import { setupOf } from './setup'

type HfReplica = ReturnType<typeof hfReplicas.parse>['items'][number]

/** What they say of an endpoint, in our words. */
export function sightingOf(
  endpointId: string,
  seen: HfEndpoint,
  replicas: readonly HfReplica[],
  allowedHosts: AllowedHosts,
): EndpointSighting {
  const { tags, status } = seen
  return {
    setup: setupOf(seen),
    state: status.state,
    message: status.message || STATE_INFO[status.state].help,
    errorMessage: status.errorMessage || null,
    revision: revisionOfTags(tags),
    address: addressOf(status.url, allowedHosts),
    privateService: serviceNameOf(status.private?.serviceName),
    readyReplicas: status.readyReplica,
    targetReplicas: status.targetReplica,
    replicas: replicas.map(replica => replicaOf(endpointId, replica)),
  }
}

/** Their answers are not trusted: the gateway would send the account's token there. */
function addressOf(url: string | null | undefined, allowedHosts: AllowedHosts): string | null {
  if (!url || !URL.canParse(url) || urlProblem(url, allowedHosts) !== null) return null
  return url.replace(/\/+$/, '')
}

/** People paste it into the AWS console; anything else that stands there is not shown. */
const serviceNameOf = (name: string | null | undefined): string | null =>
  name && /^[\w.-]{1,200}$/.test(name) ? name : null

function replicaOf(endpointId: string, { id, status }: HfReplica): ReplicaSighting {
  const state = stateOf(status?.stage ?? '', status?.live ?? false)
  return { id: replicaIdOf(endpointId, id), name: id, state, message: MESSAGES[state] }
}

/** Their stages are not published; the words that were seen are enough to tell these apart. */
function stateOf(stage: string, isLive: boolean): ReplicaSighting['state'] {
  if (isLive) return 'running'
  if (/fail|error|crash/i.test(stage)) return 'failed'
  if (/download|pull/i.test(stage)) return 'downloading'
  return /pending|schedul|wait/i.test(stage) ? 'pending' : 'initializing'
}

const MESSAGES: Record<ReplicaSighting['state'], string> = {
  pending: 'Waiting to be scheduled.',
  downloading: 'Downloading the model.',
  initializing: 'Loading the model.',
  running: 'Ready.',
  failed: 'Failed at Hugging Face; its logs say why.',
}
