// Part of a stand-in for Azure Machine Learning: one deployment, whose instances are real processes.
import { type Containers, Instance } from '../aws/instance'

type State = 'Creating' | 'Deleting' | 'Succeeded' | 'Failed'
type Asked = {
  location: string
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
    readonly asked: Asked,
  ) {}

  static async start(name: string, asked: Asked, containers: Containers): Promise<Deployment> {
    const made = new Deployment(name, asked)
    const environment = asked.properties.environmentVariables ?? {}
    const write = ({ message }: { message: string }) => void made.#log.push(message)
    made.#instances = await Promise.all(
      Array.from({ length: asked.sku?.capacity ?? 1 }, () => Instance.start(containers(environment), write)),
    )
    return made
  }

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
