import { toHfMeasure, toHfNetwork } from '@/lib/domain/endpoint/hf-compat-network'
import type { EndpointSpec, Engine, Scaling } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { ProviderError, type Wish } from '../port'
import { hfName, tagsOf } from './naming'

/** As their own clients create: what is not asked for is left out, because they refuse null for some of it. */
export function bodyOf(wish: Wish, type: InstanceType, portalId: string) {
  const { compute, model, ...body } = wholeOf(wish, type, portalId)
  const { measure, ...scaling } = compute.scaling
  const { env, secrets, command = [], args = [], ...rest } = model
  return {
    ...body,
    compute: { ...compute, scaling: { ...scaling, ...(measure ? { measure } : {}) } },
    model: {
      ...rest,
      ...(Object.keys(env).length > 0 ? { env } : {}),
      ...(Object.keys(secrets).length > 0 ? { secrets } : {}),
      ...(command.length > 0 ? { command } : {}),
      ...(args.length > 0 ? { args } : {}),
    },
  }
}

/** Of which changing sends what can change, and what is not asked for any more with it. */
function wholeOf(wish: Wish, type: InstanceType, portalId: string) {
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
  const { compute, model, tags, type } = wholeOf(wish, of, portalId)
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
