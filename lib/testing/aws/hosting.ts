import { type Cloud, Fleet } from './fleet'
import type { Instance } from './instance'
import { Metrics } from './metrics'
import type { AwsJson, HttpAnswer, HttpCall } from './moto'

type Hosted = {
  status: 'Creating' | 'Updating' | 'InService' | 'Failed' | 'Deleting'
  fleet: Fleet
  /** What an update is moving to. */
  next: Fleet | null
  failure: string | null
  /** How instances are exchanged, as the last update said or kept. */
  deployment?: unknown
}

/** What SageMaker answers instead of doing what was asked. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    /** `ValidationException` and the like. */
    readonly type: string,
    message: string,
    readonly more: AwsJson = {},
  ) {
    super(message)
  }
}

const UNHEALTHY =
  'The primary container for production variant %s did not pass the ping health check. Please check CloudWatch logs for this endpoint.'

/** What moto lacks of endpoints: the time they take, updates, and instances that really answer. */
export class Hosting {
  readonly #endpoints = new Map<string, Hosted>()

  readonly #targetTags = new Map<string, Readonly<Record<string, string>>>()

  readonly metrics: Metrics

  constructor(private readonly cloud: Cloud) {
    this.metrics = new Metrics(cloud)
  }

  get livingInstances(): number {
    return [...this.#endpoints.values()].reduce(
      (sum, { fleet, next }) => sum + fleet.living + (next?.living ?? 0),
      0,
    )
  }

  requireFree(name: string): void {
    if (this.#endpoints.has(name)) throw invalid(`Cannot create already existing endpoint "${arnOf(name)}".`)
  }

  /** moto falls over tags for what is not there. */
  requireKnown(arn: string): void {
    const [, name] = /:endpoint\/(.+)$/.exec(arn) ?? []
    if (name !== undefined) this.#require(name)
  }

  /** A variant that is in service, by the name Application Auto Scaling has for it. */
  requireInService(resource: string): void {
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
    const variantOf = ({ variantName, size }: Fleet, isUp: boolean) => ({
      VariantName: variantName,
      ...(isUp ? { CurrentInstanceCount: size } : { CurrentInstanceCount: 0 }),
      DesiredInstanceCount: size,
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
    const { instance, variant } = this.#serving(name)
    const sentMs = performance.now()
    const answer = await instance.invoke(call)
    const modelMs = performance.now() - sentMs
    await this.metrics.write(
      { endpoint: name, variant },
      { status: answer.status, modelMs, overheadMs: sentMs - calledMs, pid: instance.pid },
    )
    if (answer.status < 300) return answer
    const OriginalMessage = answer.body.toString()
    throw new Refused(424, 'ModelError', `Received client error (${answer.status}) from primary.`, {
      OriginalStatusCode: answer.status,
      OriginalMessage,
    })
  }

  /** An answer to be read as it comes. */
  stream = (name: string, call: HttpCall): Promise<Response> => this.#serving(name).instance.open(call)

  #serving(name: string): { instance: Instance; variant: string } {
    const hosted = this.#endpoints.get(name)
    if (hosted?.status === 'InService' || hosted?.status === 'Updating') {
      const { fleet } = hosted
      return { instance: fleet.next(), variant: fleet.variantName }
    }
    throw new Refused(400, 'ValidationError', `Endpoint ${name} of account 123456789012 not found.`)
  }

  async stop(): Promise<void> {
    const fleets = [...this.#endpoints.values()].flatMap(({ fleet, next }) =>
      next ? [fleet, next] : [fleet],
    )
    await Promise.all(fleets.map(fleet => fleet.stop()))
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

const invalid = (message: string) => new Refused(400, 'ValidationException', message)
const arnOf = (name: string) => `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}`
