import { type Containers, Instance } from './instance'
import { LogWriter } from './log-writer'
import type { AwsJson, Moto } from './moto'

/** Where fleets run: what the emulator has stored, and what its instances run. */
export type Cloud = { moto: Moto; region: string; containers: Containers }

/** The instances of one endpoint on one configuration. */
export class Fleet {
  #next = 0

  private constructor(
    readonly configuration: string,
    readonly variantName: string,
    private readonly begin: (index: number) => Promise<Member>,
    private members: readonly Member[],
  ) {}

  /** From what the emulator has stored; null where the configuration or its model does not exist. */
  static async start(
    { moto, region, containers }: Cloud,
    { endpoint, configuration }: { endpoint: string; configuration: string },
  ) {
    const variant = await firstVariant(moto, region, configuration)
    if (!variant) return null
    const { VariantName: variantName, ModelName: model, InitialInstanceCount: count } = variant
    const logGroupName = `/aws/sagemaker/Endpoints/${endpoint}`
    const cloud = { moto, region, containers }
    return await Fleet.ofModel(cloud, { model, count, variantName, configuration, logGroupName })
  }

  /** Where inference components bring their models, and instances for them. */
  static empty(configuration: string, variantName: string): Fleet {
    const begin = () => Promise.reject(new Error('an instance without a model'))
    return new Fleet(configuration, variantName, begin, [])
  }

  /** Null where there is no such model. */
  static async ofModel(
    { moto, region, containers }: Cloud,
    of: { model: string; count: number; variantName: string; configuration: string; logGroupName: string },
  ): Promise<Fleet | null> {
    const { model: ModelName, count, variantName, configuration, logGroupName } = of
    const described = await moto.ask(region, 'SageMaker.DescribeModel', { ModelName })
    if (described.status !== 200) return null
    const container = described.json.PrimaryContainer as { Environment?: Record<string, string> }
    const begin = async (index: number): Promise<Member> => {
      const logStreamName = `${variantName}/i-${Date.now()}-${index}`
      const writer = new LogWriter(moto, region, { logGroupName, logStreamName })
      return { instance: await Instance.start(containers(container.Environment ?? {}), writer.write), writer }
    }
    const members = Array.from({ length: count }, (_, index) => begin(index))
    return new Fleet(configuration, variantName, begin, await Promise.all(members))
  }

  get size(): number {
    return this.members.length
  }

  get living(): number {
    return this.members.filter(({ instance }) => instance.isLiving).length
  }

  async isReady(): Promise<boolean> {
    const ready = await Promise.all(this.members.map(({ instance }) => instance.isReady()))
    return ready.every(Boolean)
  }

  /** One after the other. */
  next(): Instance {
    const member = this.members[this.#next++ % this.size]
    if (!member) throw new Error('an endpoint without instances')
    return member.instance
  }

  /** More of the same, or fewer. */
  async resize(count: number): Promise<void> {
    const kept = this.members.slice(0, count)
    const gone = this.members.slice(count)
    const added = Array.from({ length: Math.max(0, count - kept.length) }, (_, index) =>
      this.begin(kept.length + index),
    )
    this.members = [...kept, ...(await Promise.all(added))]
    await stopAll(gone)
  }

  stop = (): Promise<void> => stopAll(this.members)
}

type Member = { instance: Instance; writer: LogWriter }

async function stopAll(members: readonly Member[]): Promise<void> {
  await Promise.all(
    members.map(async ({ instance, writer }) => {
      await instance.stop()
      await writer.flush()
    }),
  )
}

type Variant = { VariantName: string; ModelName: string; InitialInstanceCount: number }

async function firstVariant(moto: Moto, region: string, EndpointConfigName: string): Promise<Variant | null> {
  const { json } = await moto.ask(region, 'SageMaker.DescribeEndpointConfig', { EndpointConfigName })
  const variants = json.ProductionVariants as (Variant & AwsJson)[] | undefined
  return variants?.[0] ?? null
}
