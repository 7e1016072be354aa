// Part of a stand-in for Azure Machine Learning: one deployment, whose instances are real processes.
import { type Containers, Instance } from '../aws/instance'

type State = 'Creating' | 'Updating' | 'Scaling' | 'Deleting' | 'Succeeded' | 'Failed'
type Asked = {
  location: string
  tags?: Record<string, string>
  sku?: { capacity?: number }
  properties: { environmentVariables?: Record<string, string> }
}

const FAILED =
  'ResourceNotReady: the user container crashed or did not become healthy. Check the logs of the deployment.'

export class Deployment {
  state: State = 'Creating'
  failure: string | null = null
  readonly createdAt = new Date().toISOString()
  readonly #log: string[] = []
  #instances: Instance[] = []
  #next = 0

  private constructor(
    readonly name: string,
    public asked: Asked,
    readonly scoringRoute: string,
    private readonly beginWith: (asked: Asked) => Promise<Instance>,
  ) {}

  static async start(
    name: string,
    asked: Asked,
    { containers, scoringRoute }: { containers: Containers; scoringRoute: string },
  ): Promise<Deployment> {
    const write = ({ message }: { message: string }) => void made.#log.push(message)
    const made = new Deployment(name, asked, scoringRoute, ({ properties }) =>
      Instance.start(containers(properties.environmentVariables ?? {}), write),
    )
    made.#instances = await made.#begin(asked.sku?.capacity ?? 1)
    return made
  }

  #begin = (count: number): Promise<Instance[]> =>
    Promise.all(Array.from({ length: count }, () => this.beginWith(this.asked)))

  get living(): number {
    return this.#instances.filter(({ isLiving }) => isLiving).length
  }

  /** Resolves when it has come to something. */
  async settle(): Promise<void> {
    const ready = await Promise.all(this.#instances.map(instance => instance.isReady()))
    if (this.state !== 'Creating') return
    const isReady = ready.every(Boolean)
    if (!isReady) this.failure = FAILED
    this.state = isReady ? 'Succeeded' : 'Failed'
  }

  /** Others in place of those there, which answer until then. */
  async change(asked: Asked): Promise<void> {
    this.state = 'Updating'
    this.asked = asked
    const fresh = await this.#begin(asked.sku?.capacity ?? 1)
    await Promise.all(fresh.map(instance => instance.isReady()))
    const isWanted = this.state === 'Updating'
    const gone = isWanted ? this.#instances : fresh
    if (isWanted) this.#instances = fresh
    await Promise.all(gone.map(instance => instance.stop()))
    if (this.state === 'Updating') this.state = 'Succeeded'
  }

  /** More of the same, or fewer. */
  async resize(capacity: number): Promise<void> {
    const gone = this.#instances.slice(capacity)
    const kept = this.#instances.slice(0, capacity)
    this.#instances = [...kept, ...(await this.#begin(Math.max(0, capacity - kept.length)))]
    this.asked = { ...this.asked, sku: { ...this.asked.sku, capacity } }
    await Promise.all(this.#instances.map(instance => instance.isReady()))
    await Promise.all(gone.map(instance => instance.stop()))
    if (this.state === 'Scaling') this.state = 'Succeeded'
  }

  /** One after the other. */
  next(): Instance {
    const instance = this.#instances[this.#next++ % this.#instances.length]
    if (!instance) throw new Error('a deployment without instances')
    return instance
  }

  /** The end of the log, as one text. */
  tail = (lines: number): string =>
    this.#log
      .slice(-lines)
      .map(line => `${line}\n`)
      .join('')

  async stop(): Promise<void> {
    this.state = 'Deleting'
    await Promise.all(this.#instances.map(instance => instance.stop()))
  }
}
