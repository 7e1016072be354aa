import { isDeepStrictEqual } from 'node:util'
import type { SeenSetup } from '@/lib/domain/endpoint/drift'
import type { EndpointSpec, Scaling } from '@/lib/domain/endpoint/spec'
import { SAGEMAKER_IDLE_MINUTES } from '@/lib/domain/hardware/idle-minutes'
import type { AwsClients } from './clients'
import { currentRevision, type Inventory, isMissing, type SeenEndpoint } from './inventory'
import { AwsRefusal } from './refusal'
import { type FoundRange, isForbidden, type Range, type Scalable, ScalableTargets } from './scalable-targets'
import { type AwsTag, replicasOf, type tagsOf } from './tags'

export const replicasText = (scaling: Scaling): string => {
  const range = rangeOf(scaling)
  return range ? `${range.least}-${range.most} at ${range.requestsPerMinute}` : String(scaling.minReplicas)
}

/** Null where it is one number. */
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

/** Whether these are of an endpoint that scales to zero, which is made otherwise than the others. */
export const restsAtZero = (tags: readonly AwsTag[]): boolean => rangeIn(tags)?.least === 0

/** Application Auto Scaling of the endpoints' variants: a target with a least and a most, and one policy. */
export class VariantScaling {
  readonly #targets: ScalableTargets

  constructor(
    private readonly clients: AwsClients,
    private readonly inventory: Inventory,
  ) {
    this.#targets = new ScalableTargets(clients, inventory)
  }

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

  /** Null where nothing scales it. */
  async find(endpointName: string, variant: string): Promise<SeenSetup['scaling'] | null> {
    const found = await this.#targets.find(variantAt(endpointName, variant))
    return found && seenAs(found)
  }

  async set(
    endpointName: string,
    variant: string,
    range: Range,
    tags: ReturnType<typeof tagsOf>,
  ): Promise<void> {
    await this.#targets.set(variantAt(endpointName, variant), range, tags)
  }

  /** Before an update or a removal, which SageMaker refuses or which would leave it behind. */
  async stop({ endpointName, variant, tags }: Scaled, isFine = isMissing): Promise<void> {
    if (variant === null || rangeIn(tags) === null) return
    await this.#targets.stop(variantAt(endpointName, variant), isFine)
  }

  /** The same where keys that may not do it must not keep what costs; what is left is found by `isLeftOf`. */
  async stopIfAllowed(scaled: Scaled): Promise<void> {
    await this.stop(scaled, refusal => isMissing(refusal) || isForbidden(refusal))
  }

  /** Somebody set another number of instances; their configuration knows only how many it began with. */
  async restoreCount({ hardware }: EndpointSpec, there: SeenEndpoint): Promise<void> {
    const { EndpointName, ProductionVariants: [variant] = [] } = there
    const DesiredInstanceCount = startCount(hardware.scaling, there)
    if (!variant || variant.DesiredInstanceCount === DesiredInstanceCount) return
    const DesiredWeightsAndCapacities = [{ VariantName: variant.VariantName, DesiredInstanceCount }]
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    await this.inventory.ask(() =>
      sagemaker.updateEndpointWeightsAndCapacities({ EndpointName, DesiredWeightsAndCapacities }),
    )
  }

  /** Whether a target outlived its endpoint; keys that may not look see none. */
  async isLeftOf({ endpointName, variant, tags }: Scaled): Promise<boolean> {
    if (variant === null || rangeIn(tags) === null) return false
    return await this.#targets.isThere(variantAt(endpointName, variant))
  }
}

export const seenAs = ({ least, most, requestsPerMinute }: FoundRange) => ({
  minReplicas: least,
  maxReplicas: most,
  scaleToZeroTimeoutMinutes: least === 0 ? SAGEMAKER_IDLE_MINUTES : null,
  ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
})

/** With as many as its load has brought about until now. */
export function startCount({ minReplicas, maxReplicas }: Scaling, there: SeenEndpoint | null): number {
  const now = there?.ProductionVariants?.[0]?.DesiredInstanceCount ?? 0
  return Math.min(maxReplicas, Math.max(minReplicas, now))
}

export const instancesOf = ({ ProductionVariants = [] }: SeenEndpoint): number =>
  ProductionVariants.reduce((sum, variant) => sum + (variant.DesiredInstanceCount ?? 0), 0)

const variantAt = (endpointName: string, variant: string): Scalable => ({
  ResourceId: `endpoint/${endpointName}/variant/${variant}`,
  ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
  PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance',
})
