import type {
  MetricType,
  ScalableDimension,
  ScalingPolicy,
  StepScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling'
import type { AwsClients } from './clients'
import { type Inventory, isMissing } from './inventory'
import type { AwsRefusal } from './refusal'
import type { tagsOf } from './tags'

const ServiceNamespace = 'sagemaker'
const POLICY = 'slipway-requests-per-minute'
const WAKING = 'slipway-wake'
/** How long after a change CloudWatch's figures are waited for, as AWS proposes. */
const COOLDOWN_SECONDS = 300
const WAKING_COOLDOWN_SECONDS = 60
/** One more, as soon as its alarm sounds. */
const ONE_MORE: StepScalingPolicyConfiguration = {
  AdjustmentType: 'ChangeInCapacity',
  MetricAggregationType: 'Maximum',
  Cooldown: WAKING_COOLDOWN_SECONDS,
  StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
}

/** Between which numbers, and at how many requests a minute each. */
export type Range = { least: number; most: number; requestsPerMinute: number }
/** The same as it is there; without an aim it is scaled by a policy that is not ours. */
export type FoundRange = Omit<Range, 'requestsPerMinute'> & { requestsPerMinute: number | undefined }

/** What Application Auto Scaling changes, and what it counts. */
export type Scalable = {
  ResourceId: string
  ScalableDimension: ScalableDimension
  PredefinedMetricType: MetricType
}

/** Targets of Application Auto Scaling: a least and a most, tags, and policies. */
export class ScalableTargets {
  constructor(
    private readonly clients: AwsClients,
    private readonly inventory: Inventory,
  ) {}

  /** Null where nothing scales it. */
  async find({ ResourceId }: Scalable): Promise<FoundRange | null> {
    const client = await this.inventory.ask(this.clients.scaling)
    const [targets, policies] = await Promise.all([
      this.inventory.ask(() =>
        client.describeScalableTargets({ ServiceNamespace, ResourceIds: [ResourceId] }),
      ),
      this.inventory.ask(() => client.describeScalingPolicies({ ServiceNamespace, ResourceId })),
    ])
    const [target] = targets.ScalableTargets ?? []
    const aim = policies.ScalingPolicies?.find(isOurs)?.TargetTrackingScalingPolicyConfiguration?.TargetValue
    if (target?.MinCapacity === undefined || target.MaxCapacity === undefined) return null
    return { least: target.MinCapacity, most: target.MaxCapacity, requestsPerMinute: aim }
  }

  /**
   * Each call puts what is given in place of what was. What is scaled must be in service. Keys of an older policy may
   * not tag, and scale all the same; anything else that keeps it from being tagged leaves it without its policy, so
   * incomplete.
   */
  async set(scalable: Scalable, range: Range, tags: ReturnType<typeof tagsOf>): Promise<void> {
    const { PredefinedMetricType, ...of } = scalable
    const client = await this.inventory.ask(this.clients.scaling)
    const { ScalableTargetARN: ResourceARN } = await this.inventory.ask(() =>
      client.registerScalableTarget({
        ServiceNamespace,
        ...of,
        MinCapacity: range.least,
        MaxCapacity: range.most,
      }),
    )
    const Tags = Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
    await this.inventory.askUnless(isForbidden, () => client.tagResource({ ResourceARN, Tags }))
    await this.inventory.ask(() =>
      client.putScalingPolicy({
        ServiceNamespace,
        ...of,
        PolicyName: POLICY,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: range.requestsPerMinute,
          PredefinedMetricSpecification: { PredefinedMetricType },
          ScaleInCooldown: COOLDOWN_SECONDS,
          ScaleOutCooldown: COOLDOWN_SECONDS,
        },
      }),
    )
  }

  /** The policy that an alarm starts; its ARN. */
  async setWaking({ PredefinedMetricType: _, ...of }: Scalable): Promise<string | undefined> {
    const client = await this.inventory.ask(this.clients.scaling)
    const { PolicyARN } = await this.inventory.ask(() =>
      client.putScalingPolicy({
        ServiceNamespace,
        ...of,
        PolicyName: WAKING,
        PolicyType: 'StepScaling',
        StepScalingPolicyConfiguration: ONE_MORE,
      }),
    )
    return PolicyARN
  }

  /** Its policies go along. */
  async stop({ PredefinedMetricType: _, ...of }: Scalable, isFine = isMissing): Promise<void> {
    const client = await this.inventory.ask(this.clients.scaling)
    await this.inventory.askUnless(isFine, () => client.deregisterScalableTarget({ ServiceNamespace, ...of }))
  }

  /** Keys that may not look see none. */
  async isThere({ ResourceId }: Scalable): Promise<boolean> {
    const client = await this.inventory.ask(this.clients.scaling)
    const found = await this.inventory.askUnless(isForbidden, () =>
      client.describeScalableTargets({ ServiceNamespace, ResourceIds: [ResourceId] }),
    )
    return (found?.ScalableTargets ?? []).length > 0
  }
}

const isOurs = ({ PolicyName }: ScalingPolicy) => PolicyName === POLICY

export const isForbidden = ({ code }: AwsRefusal): boolean => code === 'permission'
