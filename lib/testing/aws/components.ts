import { type Cloud, Fleet } from './fleet'
import type { Instance } from './instance'
import type { AwsJson } from './moto'
import { invalid, Refused } from './refused'

/** By which header an invocation says which component it means. */
export const COMPONENT = 'x-amzn-sagemaker-inference-component'

type Tag = { Key: string; Value: string }
type Component = {
  endpoint: string
  specification: AwsJson
  fleet: Fleet
  status: 'Creating' | 'InService' | 'Updating' | 'Deleting' | 'Failed'
  /** How many there shall be, and how many answer. */
  desired: number
  current: number
  failure: string | null
  createdMs: number
  tags: Tag[]
}

/**
 * What moto lacks of inference components: all. A copy is a real process, on an instance that is there as long as the
 * copy is. The cloud's own scaling is the tests' hand.
 */
export class Components {
  readonly #all = new Map<string, Component>()

  constructor(
    private readonly cloud: Cloud,
    private readonly background: (work: () => Promise<void>) => void,
    private readonly count: (component: string) => Promise<void>,
  ) {}

  get names(): string[] {
    return [...this.#all.keys()]
  }

  get tags(): Tag[][] {
    return [...this.#all.values()].map(({ tags }) => tags)
  }

  instancesOf = (endpoint: string): { current: number; desired: number } => {
    const own = [...this.#all.values()].filter(each => each.endpoint === endpoint)
    const sum = (of: (each: Component) => number) => own.reduce((total, each) => total + of(each), 0)
    return { current: sum(({ fleet }) => fleet.size), desired: sum(({ desired }) => desired) }
  }

  get living(): number {
    return [...this.#all.values()].reduce((sum, { fleet }) => sum + fleet.living, 0)
  }

  async create(input: AwsJson, variantName: string): Promise<AwsJson> {
    const [name, endpoint] = [String(input.InferenceComponentName), String(input.EndpointName)]
    if (this.#all.has(name))
      throw invalid(`Cannot create already existing inference component "${arnOf(name)}".`)
    const specification = input.Specification as AwsJson
    const { CopyCount: count } = input.RuntimeConfig as { CopyCount: number }
    const fleet = await Fleet.ofModel(this.cloud, {
      model: String(specification.ModelName),
      count,
      variantName,
      configuration: '',
      logGroupName: `/aws/sagemaker/InferenceComponents/${name}`,
    })
    if (!fleet) throw invalid(`Could not find model "${String(specification.ModelName)}".`)
    const tags = (input.Tags as Tag[] | undefined) ?? []
    const own = { endpoint, specification, fleet, desired: count, current: 0, createdMs: Date.now(), tags }
    const component: Component = { ...own, status: 'Creating', failure: null }
    this.#all.set(name, component)
    this.background(async () => {
      const isReady = await fleet.isReady()
      Object.assign(component, isReady ? { status: 'InService', current: count } : FAILED)
    })
    return { InferenceComponentArn: arnOf(name) }
  }

  describe(name: string): AwsJson {
    const { endpoint, specification, fleet, status, desired, current, failure, createdMs } =
      this.#require(name)
    return {
      InferenceComponentName: name,
      InferenceComponentArn: arnOf(name),
      EndpointName: endpoint,
      VariantName: fleet.variantName,
      InferenceComponentStatus: status,
      Specification: specification,
      RuntimeConfig: { DesiredCopyCount: desired, CurrentCopyCount: current },
      CreationTime: createdMs / 1_000,
      LastModifiedTime: createdMs / 1_000,
      ...(failure === null ? {} : { FailureReason: failure }),
    }
  }

  list(contained: string): AwsJson {
    const InferenceComponents = this.names.filter(name => name.includes(contained)).map(this.describe, this)
    return { InferenceComponents }
  }

  /** Another number of copies, as a call, Application Auto Scaling or an alarm makes it. */
  scale(name: string, count: number): AwsJson {
    const component = this.#require(name)
    requireIdle(name, component)
    Object.assign(component, {
      status: 'Updating',
      desired: count,
      current: Math.min(component.current, count),
    })
    this.background(async () => {
      await component.fleet.resize(count)
      await component.fleet.isReady()
      Object.assign(component, { status: 'InService', current: count })
    })
    return { InferenceComponentArn: arnOf(name) }
  }

  remove(name: string): void {
    const component = this.#require(name)
    requireIdle(name, component)
    component.status = 'Deleting'
    this.background(async () => {
      await component.fleet.stop()
      this.#all.delete(name)
    })
  }

  /** Null of any other kind of thing. */
  tagsAt(arn: string): Tag[] | null {
    const [, name] = /:inference-component\/(.+)$/.exec(arn) ?? []
    return name === undefined ? null : this.#require(name).tags
  }

  requireInService(name: string): void {
    if (this.#require(name).status !== 'InService')
      throw invalid(`Inference component ${name} is not in service.`)
  }

  /** Who answers; without a copy that is an error, which is counted, and an alarm may listen for. */
  async serving(name: string): Promise<Instance> {
    const { fleet, current } = this.#require(name)
    if (current > 0) return fleet.next()
    await this.count(name)
    throw new Refused(
      400,
      'ValidationError',
      `Inference Component ${name} of account 123456789012 has no capacity to process this request. ApplicationAutoScaling may be in-progress (if configured) or try to increase the capacity by invoking UpdateInferenceComponentRuntimeConfig API.`,
    )
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all.values()].map(({ fleet }) => fleet.stop()))
  }

  #require(name: string): Component {
    const component = this.#all.get(name)
    if (!component) throw invalid(`Could not find inference component "${arnOf(name)}".`)
    return component
  }
}

const FAILED = {
  status: 'Failed',
  failure: 'The container for the inference component did not pass the ping health check.',
}

function requireIdle(name: string, { status }: Component): void {
  if (status !== 'InService' && status !== 'Failed')
    throw invalid(
      `Cannot change inference component "${arnOf(name)}" while it is in state CREATE_IN_PROGRESS.`,
    )
}

const arnOf = (name: string) => `arn:aws:sagemaker:us-east-1:123456789012:inference-component/${name}`
