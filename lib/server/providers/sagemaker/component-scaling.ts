import { isDeepStrictEqual } from 'node:util'
import type { SeenSetup } from '@/lib/domain/endpoint/drift'
import type { AwsClients } from './clients'
import type { SeenComponent } from './component'
import { type Inventory, isMissing } from './inventory'
import { AwsRefusal } from './refusal'
import { isForbidden, type Scalable, ScalableTargets } from './scalable-targets'
import { rangeIn, seenAs } from './scaling'
import type { tagsOf } from './tags'

/** A minute, because SageMaker's metrics come so often. */
const PERIOD_SECONDS = 60

/**
 * What scales an inference component: a target between none and its most, a policy by load, and, because of no copy
 * there is no load, a policy that adds one, which an alarm starts when a call found none.
 */
export class ComponentScaling {
  readonly #targets: ScalableTargets

  constructor(
    private readonly clients: AwsClients,
    private readonly inventory: Inventory,
  ) {
    this.#targets = new ScalableTargets(clients, inventory)
  }

  /** How it is scaled; `isIncomplete` where that is not what its tags say. */
  async look({ name, tags }: SeenComponent): Promise<{ isIncomplete: boolean; setup?: SeenSetup }> {
    try {
      const [found, hasAlarm] = await Promise.all([
        this.#targets.find(scalableOf(name)),
        this.#hasAlarm(name),
      ])
      const range = rangeIn(tags)
      const isWhole = hasAlarm && found !== null && range !== null && isDeepStrictEqual(found, range)
      // Scaled by nothing it is a fixed number of what it has, which is said as a range without an aim.
      const setup = {
        scaling: found ? seenAs(found) : { ...seenAs(NOTHING), scaleToZeroTimeoutMinutes: null },
      }
      return { isIncomplete: !isWhole, setup }
    } catch (error) {
      if (error instanceof AwsRefusal && isForbidden(error)) return { isIncomplete: true }
      throw error
    }
  }

  /** The component must be in service. */
  async set({ name, tags }: SeenComponent, Tags: ReturnType<typeof tagsOf>): Promise<void> {
    const range = rangeIn(tags)
    if (range === null) return
    const scalable = scalableOf(name)
    await this.#targets.set(scalable, range, Tags)
    const policy = await this.#targets.setWaking(scalable)
    const cloudwatch = await this.inventory.ask(this.clients.cloudwatch)
    await this.inventory.ask(() =>
      cloudwatch.putMetricAlarm({
        AlarmName: alarmOf(name),
        AlarmDescription: 'Somebody called it while it had no copy. Made by Slipway.',
        AlarmActions: policy ? [policy] : [],
        Namespace: 'AWS/SageMaker',
        MetricName: 'NoCapacityInvocationFailures',
        Dimensions: [{ Name: 'InferenceComponentName', Value: name }],
        Statistic: 'Sum',
        Period: PERIOD_SECONDS,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'missing',
        Tags,
      }),
    )
  }

  /** Before the component goes, which would leave both behind. Keys that may not look at alarms made none. */
  async stop({ name }: Pick<SeenComponent, 'name'>): Promise<void> {
    await this.#targets.stop(scalableOf(name))
    const cloudwatch = await this.inventory.ask(this.clients.cloudwatch)
    await this.inventory.askUnless(isMissing, () => cloudwatch.deleteAlarms({ AlarmNames: [alarmOf(name)] }))
  }

  async #hasAlarm(name: string): Promise<boolean> {
    const cloudwatch = await this.inventory.ask(this.clients.cloudwatch)
    const { MetricAlarms = [] } = await this.inventory.ask(() =>
      cloudwatch.describeAlarms({ AlarmNames: [alarmOf(name)] }),
    )
    return MetricAlarms.some(({ AlarmActions = [] }) => AlarmActions.length > 0)
  }
}

const NOTHING = { least: 0, most: 1, requestsPerMinute: undefined }

export const alarmOf = (component: string): string => `${component}-wake`

const scalableOf = (component: string): Scalable => ({
  ResourceId: `inference-component/${component}`,
  ScalableDimension: 'sagemaker:inference-component:DesiredCopyCount',
  PredefinedMetricType: 'SageMakerInferenceComponentInvocationsPerCopy',
})
