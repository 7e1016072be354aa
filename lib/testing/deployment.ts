import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { ReplicaProvider, ReplicaReport, ReplicaTarget, Target } from '@/lib/server/providers/port'

/** Where a test deploys. */
export type DeploymentPlace = {
  /** The provider as one more controller sees it: nothing in memory is shared between two of them. */
  another: () => ReplicaProvider
  /** A spec that can be deployed there, with these variables. */
  specWith: (env: Record<string, string>) => EndpointSpec
}

export const WAIT = { timeout: 20_000, interval: 50 }

/** One endpoint of one test. */
export class Deployment {
  readonly endpointId = randomUUID()
  readonly #place: DeploymentPlace
  /** Replace it by another one's to go on as another controller. */
  provider: ReplicaProvider

  constructor(place: DeploymentPlace) {
    this.#place = place
    this.provider = place.another()
  }

  another(): ReplicaProvider {
    return this.#place.another()
  }

  replica(
    options: { env?: Record<string, string>; attempt?: number; id?: string; revision?: number } = {},
  ): ReplicaTarget {
    const { env = {}, attempt = 1, id = randomUUID(), revision = 1 } = options
    return { id, name: `r${revision}-1`, revision, spec: this.#place.specWith(env), secrets: {}, attempt }
  }

  target(...replicas: ReplicaTarget[]): Target {
    return { endpointId: this.endpointId, teamSlug: 'main', endpointName: 'contract', replicas }
  }

  async report(id: string): Promise<ReplicaReport | undefined> {
    const { replicas } = await this.provider.observe(this)
    return replicas.find(report => report.id === id)
  }

  /** Applies again and again, as a controller does, until the replica is in this state. */
  async reach(
    target: Target,
    id: string,
    state: ReplicaReport['state'],
    attempt?: number,
  ): Promise<ReplicaReport> {
    let last: ReplicaReport | undefined
    await expect
      .poll(async () => {
        await this.provider.apply(target)
        last = await this.report(id)
        return attempt === undefined || last?.attempt === attempt ? last?.state : `attempt ${last?.attempt}`
      }, WAIT)
      .toBe(state)
    if (!last) throw new Error('reached a state without a report')
    return last
  }

  /** Deploys one replica and waits until it runs; returns how to talk to it. */
  async start(options: Parameters<Deployment['replica']>[0] = {}) {
    const replica = this.replica(options)
    const target = this.target(replica)
    const report = await this.reach(target, replica.id, 'running')
    const ask = async (path: string) => (await fetch(`${report.address}${path}`)).text()
    return { replica, target, report, ask }
  }

  logs(replicaId: string) {
    return {
      provider: this.provider,
      ref: { endpointId: this.endpointId, endpointName: 'contract', replicaId, replicaName: 'r1-1' },
    }
  }
}
