// A stand-in for one workspace of Azure Machine Learning: what is in it, and the time that things take there.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Containers } from '../aws/instance'
import { Deployment } from './deployment'
import { conflict, missing, userError } from './refused'
import { DEFAULT_ROUTE, ScoringDoor } from './scoring'

type Tags = Record<string, string>
type Asked = { location: string; tags?: Tags; identity?: object }
export type EndpointAsked = Asked & {
  properties: { authMode: string; publicNetworkAccess?: string; traffic?: Record<string, number> | null }
}
export type DeploymentAsked = Asked & {
  sku?: { name?: string; capacity?: number }
  properties: {
    endpointComputeType?: string
    instanceType?: string
    environmentVariables?: Record<string, string>
    environmentId?: string
  }
}
export type EnvironmentAsked = {
  properties: { tags?: Tags; inferenceConfig?: { scoringRoute?: { path: string; port: number } } }
}
export type SettingAsked = { tags?: Tags; properties: { targetResourceUri?: string } }
export type Online = {
  asked: EndpointAsked
  state: 'Creating' | 'Updating' | 'Succeeded' | 'Deleting'
  traffic: Record<string, number>
  deployments: Map<string, Deployment>
  door: ScoringDoor
}

/** Long enough to be seen on its way. */
const TAKES_MS = 60
const NAME = /^[a-zA-Z][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]$/

export class Workspace {
  readonly endpoints = new Map<string, Online>()
  /** Versions by environment. */
  readonly environments = new Map<string, Map<string, EnvironmentAsked>>()
  /** Of autoscaling, by name; they stand beside the workspace and outlive what they scale. */
  readonly settings = new Map<string, SettingAsked>()
  readonly #work = new Set<Promise<void>>()
  readonly #errors: unknown[] = []

  constructor(
    private readonly of: {
      mayCall: (authMode: string, credential: string) => boolean
      containers: Containers
    },
  ) {}

  get livingInstances(): number {
    const deployments = [...this.endpoints.values()].flatMap(online => [...online.deployments.values()])
    return deployments.reduce((sum, { living }) => sum + living, 0)
  }

  /** Of all endpoints. */
  deploymentNames(): string[] {
    return [...this.endpoints.values()].flatMap(({ deployments }) => [...deployments.keys()])
  }

  /** Of each endpoint, deployment, description of a container, and setting of autoscaling. */
  tags(): Tags[] {
    const endpoints = [...this.endpoints.values()]
    const deployments = endpoints.flatMap(online => [...online.deployments.values()])
    const versions = [...this.environments.values()].flatMap(each => [...each.values()])
    return [
      ...[...endpoints, ...deployments].map(({ asked }) => asked),
      ...versions.map(({ properties }) => properties),
      ...this.settings.values(),
    ].map(({ tags = {} }) => tags)
  }

  endpoint(name: string): Online {
    const online = this.endpoints.get(name)
    if (!online) throw missing(`Endpoint ${name}`)
    return online
  }

  deployment(endpoint: string, name: string): Deployment {
    const deployment = this.endpoint(endpoint).deployments.get(name)
    if (!deployment) throw missing(`Deployment ${name}`)
    return deployment
  }

  /** True when it is new. */
  async putEndpoint(name: string, asked: EndpointAsked): Promise<boolean> {
    if (!NAME.test(name)) throw userError(`${name} is no name of an endpoint.`)
    const known = this.endpoints.get(name)
    const traffic = asked.properties.traffic ?? {}
    if (!known) {
      if (Object.keys(traffic).length > 0) throw userError('Traffic goes to deployments that are not there.')
      await this.#create(name, asked)
      return true
    }
    if (known.state !== 'Succeeded') throw conflict(name)
    requireTraffic(known, traffic)
    Object.assign(known, { asked, state: 'Updating' })
    this.#later(() => Object.assign(known, { traffic, state: 'Succeeded' }))
    return false
  }

  async #create(name: string, asked: EndpointAsked): Promise<void> {
    const online: Online = {
      asked,
      state: 'Creating',
      traffic: {},
      deployments: new Map(),
      door: await ScoringDoor.open(
        credential => this.of.mayCall(asked.properties.authMode, credential),
        () => servingOf(online),
      ),
    }
    this.endpoints.set(name, online)
    this.#later(() => Object.assign(online, { state: 'Succeeded' }))
  }

  /** Of an endpoint only who it is marked as. */
  changeEndpoint(name: string, { tags }: Pick<EndpointAsked, 'tags'>): void {
    const known = this.endpoint(name)
    if (known.state !== 'Succeeded') throw conflict(name)
    known.asked = { ...known.asked, ...(tags ? { tags } : {}) }
  }

  /** Of a deployment how many instances it has. */
  changeDeployment(endpoint: string, name: string, { sku }: Pick<DeploymentAsked, 'sku'>): void {
    const deployment = this.deployment(endpoint, name)
    if (this.endpoint(endpoint).state !== 'Succeeded' || deployment.state !== 'Succeeded')
      throw conflict(name)
    deployment.state = 'Scaling'
    this.#background(() => deployment.resize(sku?.capacity ?? 1))
  }

  /** False when there is none. */
  deleteEndpoint(name: string): boolean {
    const online = this.endpoints.get(name)
    if (!online) return false
    if (online.state !== 'Succeeded') throw conflict(name)
    online.state = 'Deleting'
    this.#later(async () => {
      await Promise.all([...online.deployments.values()].map(each => each.stop()))
      await online.door.close()
      this.endpoints.delete(name)
    })
    return true
  }

  /** True when it is new. */
  async putDeployment(endpoint: string, name: string, asked: DeploymentAsked): Promise<boolean> {
    if (!NAME.test(name)) throw userError(`${name} is no name of a deployment.`)
    const online = this.endpoint(endpoint)
    const known = online.deployments.get(name)
    if (online.state !== 'Succeeded' || (known && known.state !== 'Succeeded')) throw conflict(name)
    const scoringRoute = this.#scoringRoute(asked.properties.environmentId)
    if (known) {
      this.#background(() => known.change(asked))
      return false
    }
    const deployment = await Deployment.start(name, asked, { ...this.of, scoringRoute })
    online.deployments.set(name, deployment)
    this.#background(() => deployment.settle())
    return true
  }

  /** False when there is none. */
  deleteDeployment(endpoint: string, name: string): boolean {
    const online = this.endpoint(endpoint)
    const deployment = online.deployments.get(name)
    if (!deployment) return false
    if ((online.traffic[name] ?? 0) > 0) throw userError(`${name} gets traffic. Set it to 0 first.`)
    if (
      online.state !== 'Succeeded' ||
      ['Creating', 'Updating', 'Deleting', 'Scaling'].includes(deployment.state)
    )
      throw conflict(name)
    deployment.state = 'Deleting'
    this.#later(async () => {
      await deployment.stop()
      online.deployments.delete(name)
    })
    return true
  }

  async stop(): Promise<void> {
    await Promise.all(this.#work)
    for (const online of this.endpoints.values()) {
      await Promise.all([...online.deployments.values()].map(each => each.stop()))
      await online.door.close()
    }
    if (this.#errors.length > 0) throw new AggregateError(this.#errors, 'the stand-in itself failed')
  }

  /** As its environment says, or as models of the registry have it. */
  #scoringRoute(id: string | undefined): string {
    if (id === undefined) return DEFAULT_ROUTE
    const [, name = '', version = ''] = /\/environments\/([^/]+)\/versions\/([^/]+)$/.exec(id) ?? []
    const environment = this.environments.get(name)?.get(version)
    if (!environment) throw userError(`There is no ${id}.`)
    return environment.properties.inferenceConfig?.scoringRoute?.path ?? DEFAULT_ROUTE
  }

  #later(change: () => unknown): void {
    this.#background(async () => {
      await sleep(TAKES_MS)
      await change()
    })
  }

  #background(work: () => Promise<unknown>): void {
    const running: Promise<void> = work()
      .then(() => {})
      .catch(error => void this.#errors.push(error))
      .finally(() => this.#work.delete(running))
    this.#work.add(running)
  }
}

function requireTraffic({ deployments }: Online, traffic: Record<string, number>): void {
  for (const name of Object.keys(traffic))
    if (deployments.get(name)?.state !== 'Succeeded')
      throw userError(`Traffic goes to ${name}, which is not ready.`)
  const sum = Object.values(traffic).reduce((total, percent) => total + percent, 0)
  if (sum !== 0 && sum !== 100) throw userError(`Traffic sums up to ${sum}, not to 100.`)
}

function servingOf({ deployments, traffic }: Online): Deployment | null {
  const [name] = Object.entries(traffic).find(([, percent]) => percent === 100) ?? []
  return (name && deployments.get(name)) || null
}
