import { isDeepStrictEqual } from 'node:util'
import type { SeenSetup } from '@/lib/domain/endpoint/drift'
import type { Scaling } from '@/lib/domain/endpoint/spec'
import type { AwsClients } from './clients'
import { currentRevision, type Inventory, isMissing, type SeenEndpoint } from './inventory'
import { AwsRefusal } from './refusal'
import { type AwsTag, replicasOf, type tagsOf } from './tags'

/** What Application Auto Scaling changes of a variant. */
const OF_VARIANT = {
  ServiceNamespace: 'sagemaker',
  ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
} as const
const POLICY = 'slipway-requests-per-minute'
/** How long after a change CloudWatch's figures are waited for, as AWS proposes. */
const COOLDOWN_SECONDS = 300

export const replicasText = (scaling: Scaling): string => {
  const range = rangeOf(scaling)
  return range ? `${range.least}-${range.most} at ${range.requestsPerMinute}` : String(scaling.minReplicas)
}

/** Between which numbers, and at how many requests a minute each; null where it is one number. */
export type Range = { least: number; most: number; requestsPerMinute: number }

export function rangeOf({ minReplicas, maxReplicas, requestsPerMinute }: Scaling): Range | null {
  if (minReplicas >= maxReplicas || requestsPerMinute === undefined) return null
  return { least: minReplicas, most: maxReplicas, requestsPerMinute }
}

/** From the tag that `replicasText` made: what is wanted can be told without knowing the spec. */
export function rangeIn(tags: readonly AwsTag[]): Range | null {
  const text = replicasOf(tags) ?? ''
  const [, least, most, requestsPerMinute] = /^(\d+)-(\d+) at (\d+)$/.exec(text) ?? []
  if (!least) return null
  return { least: Number(least), most: Number(most), requestsPerMinute: Number(requestsPerMinute) }
}

/** A variant, and the tags that say whether it is scaled. */
export type Scaled = { endpointName: string; variant: string | null; tags: readonly AwsTag[] }

/** Of an endpoint that runs something of ours; nothing of anybody else's is scaled. */
export const scaledAt = (there: SeenEndpoint): Scaled => ({
  endpointName: there.EndpointName ?? '',
  variant: currentRevision(there) === null ? null : (there.ProductionVariants?.[0]?.VariantName ?? null),
  tags: there.tags,
})

/** Application Auto Scaling of the endpoints' variants: a target with a least and a most, and one policy. */
export class VariantScaling {
  constructor(
    private readonly clients: AwsClients,
    private readonly inventory: Inventory,
  ) {}

  /**
   * How many instances an endpoint in service has, or how it is scaled; `isIncomplete` where that is not what its tags
   * say, also where the keys may not look. Nothing is said while it is busy.
   */
  async look(there: SeenEndpoint): Promise<{ isIncomplete: boolean; setup?: SeenSetup }> {
    if (there.EndpointStatus !== 'InService') return { isIncomplete: false }
    const { endpointName, variant, tags } = scaledAt(there)
    if (variant === null) return { isIncomplete: false, setup: {} }
    const range = rangeIn(tags)
    if (range === null) return { isIncomplete: false, setup: { instances: instancesOf(there) } }
    try {
      const found = await this.find(endpointName, variant)
      const setup = found ? { scaling: found } : { instances: instancesOf(there) }
      return { isIncomplete: !isDeepStrictEqual(found, seenAs(range)), setup }
    } catch (error) {
      if (error instanceof AwsRefusal && isForbidden(error)) return { isIncomplete: true }
      throw error
    }
  }

  /** Null where nothing scales it. Without an aim it is scaled by a policy that is not ours. */
  async find(endpointName: string, variant: string): Promise<SeenSetup['scaling'] | null> {
    const client = await this.inventory.ask(this.clients.scaling)
    const ResourceId = resourceOf(endpointName, variant)
    const { ServiceNamespace } = OF_VARIANT
    const [targets, policies] = await Promise.all([
      this.inventory.ask(() =>
        client.describeScalableTargets({ ServiceNamespace, ResourceIds: [ResourceId] }),
      ),
      this.inventory.ask(() => client.describeScalingPolicies({ ServiceNamespace, ResourceId })),
    ])
    const [target] = targets.ScalableTargets ?? []
    const policy = policies.ScalingPolicies?.find(({ PolicyName }) => PolicyName === POLICY)
    const aim = policy?.TargetTrackingScalingPolicyConfiguration?.TargetValue
    if (target?.MinCapacity === undefined || target.MaxCapacity === undefined) return null
    return seenAs({ least: target.MinCapacity, most: target.MaxCapacity, requestsPerMinute: aim })
  }

  /**
   * Each call puts what is given in place of what was. The endpoint must be in service. Keys of an older policy may not
   * tag, and scale all the same; anything else that keeps it from being tagged leaves it without its policy, so
   * incomplete.
   */
  async set(
    endpointName: string,
    variant: string,
    range: Range,
    tags: ReturnType<typeof tagsOf>,
  ): Promise<void> {
    const client = await this.inventory.ask(this.clients.scaling)
    const ResourceId = resourceOf(endpointName, variant)
    const { ScalableTargetARN: ResourceARN } = await this.inventory.ask(() =>
      client.registerScalableTarget({
        ...OF_VARIANT,
        ResourceId,
        MinCapacity: range.least,
        MaxCapacity: range.most,
      }),
    )
    const Tags = Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
    await this.inventory.askUnless(isForbidden, () => client.tagResource({ ResourceARN, Tags }))
    await this.inventory.ask(() =>
      client.putScalingPolicy({
        ...OF_VARIANT,
        ResourceId,
        PolicyName: POLICY,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: range.requestsPerMinute,
          PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
          ScaleInCooldown: COOLDOWN_SECONDS,
          ScaleOutCooldown: COOLDOWN_SECONDS,
        },
      }),
    )
  }

  /** Before an update or a removal, which SageMaker refuses or which would leave it behind; its policy goes along. */
  async stop({ endpointName, variant, tags }: Scaled, isFine = isMissing): Promise<void> {
    if (variant === null || rangeIn(tags) === null) return
    const client = await this.inventory.ask(this.clients.scaling)
    const ResourceId = resourceOf(endpointName, variant)
    await this.inventory.askUnless(isFine, () =>
      client.deregisterScalableTarget({ ...OF_VARIANT, ResourceId }),
    )
  }

  /** The same where keys that may not do it must not keep what costs; what is left is found by `isLeftOf`. */
  async stopIfAllowed(scaled: Scaled): Promise<void> {
    await this.stop(scaled, refusal => isMissing(refusal) || isForbidden(refusal))
  }

  /** Whether a target outlived its endpoint; keys that may not look see none. */
  async isLeftOf({ endpointName, variant, tags }: Scaled): Promise<boolean> {
    if (variant === null || rangeIn(tags) === null) return false
    const client = await this.inventory.ask(this.clients.scaling)
    const { ServiceNamespace } = OF_VARIANT
    const ResourceIds = [resourceOf(endpointName, variant)]
    const found = await this.inventory.askUnless(isForbidden, () =>
      client.describeScalableTargets({ ServiceNamespace, ResourceIds }),
    )
    return (found?.ScalableTargets ?? []).length > 0
  }
}

const isForbidden = ({ code }: AwsRefusal): boolean => code === 'permission'

const seenAs = ({ least, most, requestsPerMinute }: Omit<Range, 'requestsPerMinute'> & Aim) => ({
  minReplicas: least,
  maxReplicas: most,
  scaleToZeroTimeoutMinutes: null,
  ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
})
type Aim = { requestsPerMinute: number | undefined }

export const instancesOf = ({ ProductionVariants = [] }: SeenEndpoint): number =>
  ProductionVariants.reduce((sum, variant) => sum + (variant.DesiredInstanceCount ?? 0), 0)

const resourceOf = (endpointName: string, variant: string): string =>
  `endpoint/${endpointName}/variant/${variant}`
