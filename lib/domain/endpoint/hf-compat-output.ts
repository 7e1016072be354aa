import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { imageOfEngine } from './hf-compat-image'
import { SAMPLE_REPOSITORY } from './hf-compat-input'
import { toHfMeasure, toHfNetwork } from './hf-compat-network'
import type { EndpointSpec } from './spec'
import { STATE_INFO } from './state'
import type { EndpointDetail } from './view'

const NOBODY = { id: 'slipway', name: 'Slipway' }
export const DEFAULT_HEALTH_ROUTE = '/health'

/** What `fromHfBody` would make this spec of: an endpoint's own part of HF's object. */
export function toHfBody(
  name: string,
  spec: EndpointSpec,
  sentType: string | null,
  type: Pick<InstanceType, 'vendor' | 'accelerator' | 'type' | 'size'> | undefined,
) {
  const { hardware, advanced, security } = spec
  const { scaling } = hardware
  return {
    name,
    type: sentType ?? typeWordOf(security.level),
    provider: { vendor: type?.vendor ?? hardware.provider, region: hardware.region },
    compute: {
      id: hardware.instanceType,
      accelerator: type?.accelerator ?? 'cpu',
      instanceType: type?.type ?? hardware.instanceType,
      instanceSize: type?.size ?? '',
      scaling: {
        minReplica: scaling.minReplicas,
        maxReplica: scaling.maxReplicas,
        scaleToZeroTimeout: scaling.scaleToZeroTimeoutMinutes,
        measure: toHfMeasure(scaling.measure),
      },
    },
    model: modelOf(spec),
    tags: advanced.tags,
    requestTimeoutSeconds: advanced.requestTimeoutSeconds,
    ...toHfNetwork(spec.network),
    ...(security.level === 'private' ? { allowedRanges: security.allowedRanges } : {}),
  }
}

/** HF's clients no longer know `protected`; a script that sent it gets its own word back. */
function typeWordOf(level: EndpointSpec['security']['level']): string {
  return level === 'protected' ? 'authenticated' : level
}

function modelOf({ model, advanced, secretNames }: EndpointSpec) {
  const { source, task } = model
  const { engine } = advanced
  return {
    ...repositoryOf(source),
    framework: 'custom',
    task,
    image: imageOfEngine(engine),
    env: advanced.env,
    /** Names only: null where the value is, and where an update wants it kept. */
    secrets: Object.fromEntries(secretNames.map(name => [name, null])),
    ...(engine.kind === 'container' ? { command: engine.command, args: engine.args } : {}),
  }
}

function repositoryOf(source: EndpointSpec['model']['source']) {
  switch (source.kind) {
    case 'hub':
      return { repository: source.repository, revision: source.revision }
    case 'sample':
      return { repository: SAMPLE_REPOSITORY, revision: null, source }
    case 'folder':
      return { repository: source.path, revision: null, source }
    case 'image':
      return { repository: '', revision: null }
  }
}

/** HF's `EndpointWithStatus`. Times end in `Z`, which its Python client insists on. */
export function toHfEndpoint(
  endpoint: Omit<EndpointDetail, 'replicas' | 'removedAt'>,
  sentType: string | null,
  type: Parameters<typeof toHfBody>[3],
) {
  const { spec, state } = endpoint
  const { engine } = spec.advanced
  return {
    ...toHfBody(endpoint.name, spec, sentType, type),
    id: endpoint.id,
    experimentalFeatures: { cacheHttpResponses: false },
    notifications: {},
    healthRoute: (engine.kind === 'container' && engine.healthRoute) || DEFAULT_HEALTH_ROUTE,
    status: {
      state,
      message: endpoint.desired === 'absent' ? 'Being deleted.' : endpoint.message || STATE_INFO[state].help,
      ...(endpoint.errorMessage === null ? {} : { errorMessage: endpoint.errorMessage }),
      // Where it answers: of one that is direct only not here.
      url: (endpoint.isDirectOnly && endpoint.upstreamUrl) || endpoint.url,
      readyReplica: endpoint.readyReplicas,
      targetReplica: endpoint.targetReplicas,
      createdAt: endpoint.createdAt,
      createdBy: endpoint.createdBy ?? NOBODY,
      updatedAt: endpoint.updatedAt,
      updatedBy: endpoint.updatedBy ?? NOBODY,
      ...(endpoint.lastUsedAt === null ? {} : { lastUsedAt: endpoint.lastUsedAt }),
      private: endpoint.privateService === null ? null : { serviceName: endpoint.privateService },
      /** Ours: what is enforced, whatever word was sent, and the revision to base an update on. */
      accessLevel: spec.security.level,
      revision: endpoint.revision,
    },
  }
}
