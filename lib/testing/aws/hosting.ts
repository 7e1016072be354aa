import { COMPONENT, Components } from './components'
import { type Cloud, Fleet } from './fleet'
import type { Instance } from './instance'
import { type Answering, Metrics } from './metrics'
import type { AwsJson, HttpAnswer, HttpCall } from './moto'
import { invalid, Refused } from './refused'

type Hosted = {
  status: 'Creating' | 'Updating' | 'InService' | 'Failed' | 'Deleting'
  fleet: Fleet
  /** What an update is moving to. */
  next: Fleet | null
  failure: string | null
  /** How instances are exchanged, as the last update said or kept. */
  deployment?: unknown
}

type Variant = { VariantName: string; ModelName?: string }

const UNHEALTHY =
  'The primary container for production variant %s did not pass the ping health check. Please check CloudWatch logs for this endpoint.'

/** What moto lacks of endpoints: the time they take, updates, and instances that really answer. */
export class Hosting {
  readonly #endpoints = new Map<string, Hosted>()

  readonly #targetTags = new Map<string, Readonly<Record<string, string>>>()

  readonly metrics: Metrics

  readonly components: Components

  /** As they were asked for: moto forgets half, and takes none without a model. */
  readonly configurations = new Map<string, AwsJson>()

  constructor(private readonly cloud: Cloud) {
    this.metrics = new Metrics(cloud)
    this.components = new Components(cloud, this.#background.bind(this), name => this.metrics.refuse(name))
  }

  get livingInstances(): number {
    return [...this.#endpoints.values()].reduce(
      (sum, { fleet, next }) => sum + fleet.living + (next?.living ?? 0),
      this.components.living,
    )
  }

  requireFree(name: string): void {
    if (this.#endpoints.has(name)) throw invalid(`Cannot create already existing endpoint "${arnOf(name)}".`)
  }

  variantAt = (name: string): string => {
    const { status, fleet } = this.#require(name)
    if (status !== 'InService') throw invalid(`Endpoint "${arnOf(name)}" is not in service.`)
    return fleet.variantName
  }

  /** moto falls over tags for what is not there. */
  requireKnown(arn: string): void {
    const [, name] = /:endpoint\/(.+)$/.exec(arn) ?? []
    if (name !== undefined) this.#require(name)
  }

  /** A variant that is in service, by the name Application Auto Scaling has for it. */
  requireInService(resource: string): void {
    const [, component] = /^inference-component\/(.+)$/.exec(resource) ?? []
    if (component !== undefined) {
      this.components.requireInService(component)
      return
    }
    const [, name = '', variant] = /^endpoint\/(.+)\/variant\/(.+)$/.exec(resource) ?? []
    const hosted = this.#endpoints.get(name)
    if (hosted?.status !== 'InService' || hosted.fleet.variantName !== variant)
      throw invalid(`Validation failed for resource ID ${resource}: it does not exist, or is not in service.`)
  }

  /** As Application Auto Scaling does it: what has a value already gets the new one. */
  tagTarget(arn: string, tags: Readonly<Record<string, string>>): void {
    this.#targetTags.set(arn, { ...this.#targetTags.get(arn), ...tags })
  }

  tagsOfTarget = (arn: string): Readonly<Record<string, string>> => this.#targetTags.get(arn) ?? {}

  requireIdle(name: string): void {
    const { status } = this.#require(name)
    if (['Creating', 'Updating', 'Deleting'].includes(status))
      throw invalid(`Cannot update in-progress endpoint "${arnOf(name)}".`)
  }

  async create(name: string, configuration: string): Promise<void> {
    const fleet = await this.#fleet(name, configuration)
    const hosted: Hosted = { status: 'Creating', fleet, next: null, failure: null }
    this.#endpoints.set(name, hosted)
    this.#background(async () => {
      const isReady = await fleet.isReady()
      hosted.status = isReady ? 'InService' : 'Failed'
      if (!isReady) hosted.failure = UNHEALTHY.replace('%s', fleet.variantName)
    })
  }

  async update(name: string, configuration: string, retained: boolean, deployment: unknown): Promise<void> {
    const hosted = this.#require(name)
    if (hosted.status === 'Failed') throw invalid(`Cannot update a failed endpoint "${arnOf(name)}".`)
    const next = await this.#fleet(name, configuration)
    Object.assign(hosted, { status: 'Updating', next, failure: null, ...(retained ? {} : { deployment }) })
    this.#background(async () => {
      const isReady = await next.isReady()
      const old = isReady ? hosted.fleet : next
      if (isReady) hosted.fleet = next
      else hosted.failure = UNHEALTHY.replace('%s', next.variantName)
      await old.stop()
      Object.assign(hosted, { status: 'InService', next: null })
    })
  }

  /** Another number of instances on the same configuration; no deployment. */
  resize(name: string, count: number): void {
    const hosted = this.#require(name)
    hosted.status = 'Updating'
    this.#background(async () => {
      await hosted.fleet.resize(count)
      await hosted.fleet.isReady()
      hosted.status = 'InService'
    })
  }

  /** The emulator forgets it only when its instances are gone. */
  remove(name: string, forget: () => Promise<unknown>): void {
    const hosted = this.#require(name)
    hosted.status = 'Deleting'
    this.#background(async () => {
      await hosted.fleet.stop()
      await forget()
      this.#endpoints.delete(name)
    })
  }

  statusOf = (name: string): string | undefined => this.#endpoints.get(name)?.status

  /** The emulator's description, with what is really the case. */
  describe(description: AwsJson): AwsJson {
    const hosted = this.#endpoints.get(String(description.EndpointName))
    if (!hosted) return description
    const { status, fleet, next, failure, deployment } = hosted
    const ofComponents = this.components.instancesOf(String(description.EndpointName))
    const variantOf = ({ variantName, size }: Fleet, isUp: boolean) => ({
      VariantName: variantName,
      CurrentInstanceCount: isUp ? size + ofComponents.current : 0,
      DesiredInstanceCount: size + ofComponents.desired,
    })
    return {
      ...description,
      EndpointStatus: status,
      EndpointConfigName: fleet.configuration,
      ProductionVariants: [variantOf(fleet, status !== 'Creating')],
      ...(failure === null ? {} : { FailureReason: failure }),
      ...(deployment ? { LastDeploymentConfig: deployment } : {}),
      ...(next && {
        PendingDeploymentSummary: {
          EndpointConfigName: next.configuration,
          ProductionVariants: [variantOf(next, false)],
        },
      }),
    }
  }

  async invoke(name: string, call: HttpCall): Promise<HttpAnswer> {
    const calledMs = performance.now()
    const { instance, ...of } = await this.#serving(name, call)
    const sentMs = performance.now()
    const answer = await instance.invoke(call)
    const modelMs = performance.now() - sentMs
    await this.metrics.write(of, {
      status: answer.status,
      modelMs,
      overheadMs: sentMs - calledMs,
      pid: instance.pid,
    })
    if (answer.status < 300) return answer
    const OriginalMessage = answer.body.toString()
    throw new Refused(424, 'ModelError', `Received client error (${answer.status}) from primary.`, {
      OriginalStatusCode: answer.status,
      OriginalMessage,
    })
  }

  /** An answer to be read as it comes. */
  stream = async (name: string, call: HttpCall): Promise<Response> =>
    (await this.#serving(name, call)).instance.open(call)

  async #serving(name: string, { headers }: HttpCall): Promise<{ instance: Instance } & Answering> {
    const hosted = this.#endpoints.get(name)
    if (hosted?.status !== 'InService' && hosted?.status !== 'Updating')
      throw new Refused(400, 'ValidationError', `Endpoint ${name} of account 123456789012 not found.`)
    const { fleet } = hosted
    const component = headers[COMPONENT]
    if (component !== undefined) return { instance: await this.components.serving(component), component }
    if (fleet.size > 0) return { instance: fleet.next(), endpoint: name, variant: fleet.variantName }
    throw new Refused(
      400,
      'ValidationError',
      'Inference Component Name header is required for endpoints to which you plan to deploy inference components.',
    )
  }

  async stop(): Promise<void> {
    const fleets = [...this.#endpoints.values()].flatMap(({ fleet, next }) =>
      next ? [fleet, next] : [fleet],
    )
    await Promise.all([...fleets, this.components].map(running => running.stop()))
    await Promise.all(this.#work)
    if (this.#errors.length > 0) throw new AggregateError(this.#errors, 'the stand-in itself failed')
  }

  readonly #work = new Set<Promise<void>>()
  readonly #errors: unknown[] = []

  #background(work: () => Promise<void>): void {
    const running = work()
      .catch(error => {
        this.#errors.push(error)
        console.error(error)
      })
      .finally(() => this.#work.delete(running))
    this.#work.add(running)
  }

  async #fleet(name: string, configuration: string): Promise<Fleet> {
    const [variant] = (this.configurations.get(configuration)?.ProductionVariants ?? []) as Variant[]
    if (variant && variant.ModelName === undefined) return Fleet.empty(configuration, variant.VariantName)
    const fleet = await Fleet.start(this.cloud, { endpoint: name, configuration })
    if (!fleet) throw invalid(`Could not find endpoint configuration "${configuration}", or its model.`)
    return fleet
  }

  #require(name: string): Hosted {
    const hosted = this.#endpoints.get(name)
    if (!hosted) throw invalid(`Could not find endpoint "${arnOf(name)}".`)
    return hosted
  }
}

const arnOf = (name: string) => `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}`
