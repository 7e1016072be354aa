import { readFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import type { Cloud } from './fleet'
import type { AwsJson } from './moto'

/** Whom CloudWatch's values are of. */
export type Answering = { endpoint: string; variant: string } | { component: string }
const dimensionsOf = (of: Answering) =>
  'component' in of
    ? [{ Name: 'InferenceComponentName', Value: of.component }]
    : [
        { Name: 'EndpointName', Value: of.endpoint },
        { Name: 'VariantName', Value: of.variant },
      ]

type Sample = { key: string; atMs: number; value: number }
type Query = {
  Id: string
  MetricStat: {
    Metric: { Namespace: string; MetricName: string; Dimensions: { Value: string }[] }
    Period: number
    Stat: string
  }
}
const PERCENTILE = /^p(\d+(?:\.\d+)?)$/

/**
 * What SageMaker writes to CloudWatch of each invocation, measured on the instance that answered. moto keeps it and
 * answers for it; of percentiles, over which it falls, the same values are kept here.
 */
export class Metrics {
  readonly #samples: Sample[] = []

  constructor(private readonly cloud: Pick<Cloud, 'moto' | 'region'>) {}

  async write(
    of: Answering,
    measured: { status: number; modelMs: number; overheadMs: number; pid: number | undefined },
  ): Promise<void> {
    const { status, modelMs, overheadMs, pid } = measured
    await this.#put(of, 'AWS/SageMaker', {
      Invocations: 1,
      Invocation4XXErrors: status >= 400 && status < 500 ? 1 : 0,
      Invocation5XXErrors: status >= 500 ? 1 : 0,
      ModelLatency: modelMs * 1_000,
      OverheadLatency: overheadMs * 1_000,
    })
    const usage = pid === undefined ? {} : usageOf(pid)
    if ('endpoint' in of) await this.#put(of, '/aws/sagemaker/Endpoints', usage)
    else await this.#put(of, '/aws/sagemaker/InferenceComponents', normalized(usage))
  }

  /** A call that found no copy. */
  refuse = (component: string): Promise<void> =>
    this.#put({ component }, 'AWS/SageMaker', { NoCapacityInvocationFailures: 1 })

  /** The percentiles among the queries, answered; the rest is moto's. */
  split(queries: readonly Query[], window: { fromMs: number; toMs: number }) {
    const isOurs = ({ MetricStat }: Query) => PERCENTILE.test(MetricStat.Stat)
    const ours = queries.filter(isOurs).map(query => this.#answer(query, window))
    return { ours, theirs: queries.filter(query => !isOurs(query)) }
  }

  async #put(of: Answering, Namespace: string, values: Record<string, number>) {
    const Timestamp = Date.now() / 1_000
    const Dimensions = dimensionsOf(of)
    const MetricData = Object.entries(values).map(([MetricName, Value]) => ({
      MetricName,
      Value,
      Timestamp,
      Dimensions,
    }))
    if (MetricData.length === 0) return
    const input = { Namespace, MetricData }
    const target = 'GraniteServiceVersion20100801.PutMetricData'
    const { status, json } = await this.cloud.moto.ask(this.cloud.region, target, input)
    if (status !== 200) throw new Error(`moto took no metrics: ${JSON.stringify(json)}`)
    for (const { MetricName, Value } of MetricData)
      this.#samples.push({
        key: keyOf({ Namespace, MetricName, Dimensions }),
        atMs: Date.now(),
        value: Value,
      })
  }

  #answer({ Id, MetricStat }: Query, { fromMs, toMs }: { fromMs: number; toMs: number }): AwsJson {
    const periodMs = MetricStat.Period * 1_000
    const share = Number(PERCENTILE.exec(MetricStat.Stat)?.[1]) / 100
    const key = keyOf(MetricStat.Metric)
    const periods = new Map<number, number[]>()
    for (const { atMs, value } of this.#samples.filter(sample => sample.key === key)) {
      const at = Math.floor(atMs / periodMs) * periodMs
      if (at >= fromMs - periodMs && at < toMs) periods.set(at, [...(periods.get(at) ?? []), value])
    }
    const ranked = [...periods].map(([at, values]) => {
      const sorted = values.toSorted((a, b) => a - b)
      return { at, value: sorted[Math.ceil(share * sorted.length) - 1] ?? 0 }
    })
    return {
      Id,
      Label: MetricStat.Stat,
      StatusCode: 'Complete',
      Timestamps: ranked.map(({ at }) => at / 1_000),
      Values: ranked.map(({ value }) => value),
    }
  }
}

const keyOf = ({ Namespace, MetricName, Dimensions }: Query['MetricStat']['Metric']): string =>
  [Namespace, MetricName, ...Dimensions.map(({ Value }) => Value)].join(' ')

/** Of components the share is that of all they have, and the names say so. */
const normalized = (usage: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(usage).map(([name, value]) => [`${name}Normalized`, value]))

/** Of the process, as Linux counts: in percent of a core, and of the machine's memory. */
function usageOf(pid: number): Record<string, number> {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const uptimeSeconds = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])
    const cpuSeconds = (Number(stat[11]) + Number(stat[12])) / 100
    const livedSeconds = uptimeSeconds - Number(stat[19]) / 100
    return {
      CPUUtilization: (cpuSeconds / Math.max(livedSeconds, 0.01)) * 100,
      MemoryUtilization: ((Number(stat[21]) * 4_096) / totalmem()) * 100,
    }
  } catch {
    return {}
  }
}
