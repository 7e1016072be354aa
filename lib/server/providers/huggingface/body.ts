import { toHfMeasure, toHfNetwork } from '@/lib/domain/endpoint/hf-compat-network'
import type { EndpointSpec, Engine, Scaling } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { ProviderError, type Wish } from '../port'
import { hfName, tagsOf } from './naming'

/** What both creating and changing send; changing leaves out what cannot change. */
export function bodyOf(wish: Wish, type: InstanceType, portalId: string) {
  const { spec } = wish
  const { privateService } = toHfNetwork(spec.network)
  return {
    name: hfName(wish),
    // Never weaker than their team-only level, whatever ours is: callers come through the gateway.
    type: 'private',
    provider: { vendor: type.vendor, region: type.region },
    compute: {
      id: type.id,
      accelerator: type.accelerator,
      instanceType: type.type,
      instanceSize: type.size,
      scaling: scalingOf(spec.hardware.scaling),
    },
    model: modelOf(spec, wish.secrets),
    tags: [...tagsOf({ ...wish, portalId }), ...spec.advanced.tags],
    ...(privateService ? { privateService } : {}),
  }
}

/** PUT merges; name, place and private link are not its to change, and who may call only where it was opened to everybody. */
export function changeOf(
  wish: Wish,
  of: InstanceType,
  { portalId, isOpen }: { portalId: string; isOpen: boolean },
) {
  const { compute, model, tags, type } = bodyOf(wish, of, portalId)
  return { compute, model, tags, ...(isOpen ? { type } : {}) }
}

const scalingOf = ({ minReplicas, maxReplicas, scaleToZeroTimeoutMinutes, measure }: Scaling) => ({
  minReplica: minReplicas,
  maxReplica: maxReplicas,
  scaleToZeroTimeout: scaleToZeroTimeoutMinutes,
  // Null takes back what an earlier revision chose: theirs is a merge.
  measure: toHfMeasure(measure),
})

function modelOf({ model, advanced }: EndpointSpec, secrets: Wish['secrets']) {
  const { source, task } = model
  const { engine, env } = advanced
  if (source.kind === 'sample' || source.kind === 'folder')
    throw new ProviderError(
      'invalid_spec',
      'Hugging Face cannot read models of this machine; choose one from the Hub.',
    )
  return {
    repository: source.kind === 'hub' ? source.repository : '',
    revision: source.kind === 'hub' ? source.revision : null,
    framework: 'pytorch',
    task,
    image: imageOf(engine),
    env,
    secrets,
    ...(engine.kind === 'container' ? { command: engine.command, args: engine.args } : {}),
  }
}

const imageOf = (engine: Engine) =>
  engine.kind === 'model-server'
    ? { huggingface: {} }
    : { custom: { url: engine.image, port: engine.port, healthRoute: engine.healthRoute } }
