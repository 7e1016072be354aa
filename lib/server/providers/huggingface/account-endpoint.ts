import { type EndpointSpec, endpointSpec } from '@/lib/domain/endpoint/spec'
import { TASKS } from '@/lib/domain/endpoint/task'
import type { AccountEndpoint } from '../port'
import { type HfEndpoint, hfCustomImage } from './answers'
import { hasPortal, isOursByTags } from './naming'
import { scalingOf } from './setup'

/** One of the account's endpoints, whoever made it. */
export function accountEndpointOf(seen: HfEndpoint, portalId: string): AccountEndpoint {
  const { name, status, tags, model } = seen
  const kind = Object.keys(model?.image ?? {}).find(key => model?.image?.[key] != null)
  const isKnownImage = kind === 'huggingface' || kind === 'custom'
  return {
    name,
    state: status.state,
    replicas: status.targetReplica,
    owner: isOursByTags(tags, portalId) ? 'ours' : hasPortal(tags) ? 'other' : 'nobody',
    spec: specOf(seen),
    specProblem: null,
    manageProblem: isKnownImage
      ? null
      : `It runs in an image that Slipway cannot set (${kind ?? 'unknown'}): an update would replace it.`,
  }
}

/** What it is in our words. Theirs may have what ours has no word for; that stays as it is there. */
function specOf({ compute, model, provider, tags }: HfEndpoint): EndpointSpec | null {
  if (!compute || !model || !provider) return null
  const custom = hfCustomImage.safeParse(model.image?.custom).data
  const { vendor, region } = provider
  const scaling = scalingOf(compute.scaling)
  const parsed = endpointSpec.safeParse({
    model: {
      source: model.repository
        ? { kind: 'hub', repository: model.repository, revision: model.revision || null }
        : { kind: 'image' },
      task: TASKS.find(task => task === model.task) ?? 'custom',
    },
    hardware: {
      provider: 'huggingface',
      connection: null,
      region,
      instanceType: compute.id ?? `${vendor}-${region}-${compute.instanceType}-${compute.instanceSize}`,
      scaling: { ...scaling, maxReplicas: Math.max(1, scaling.maxReplicas) },
    },
    security: { level: 'protected' },
    advanced: {
      engine: custom
        ? {
            kind: 'container',
            image: custom.url,
            port: custom.port ?? 80,
            healthRoute: custom.healthRoute ?? null,
            command: model.command ?? [],
            args: model.args ?? [],
          }
        : { kind: 'model-server' },
      env: model.env ?? {},
      tags,
      requestTimeoutSeconds: 300,
    },
    secretNames: [],
  })
  return parsed.success ? parsed.data : null
}
