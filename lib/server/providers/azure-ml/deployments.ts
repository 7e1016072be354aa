import { setupChanges, withoutSecrets } from '@/lib/domain/endpoint/drift'
import type { NamedRef, Wish } from '../port'
import { typeOf } from '../type-of'
import { type AzureDeployment, type AzureEndpoint, type AzureEnvironment, azureOperation } from './answers'
import { containerOf, deploymentBody, environmentBody, startCount } from './bodies'
import type { Catalog } from './catalog'
import type { AzureClient } from './client'
import type { Inventory } from './inventory'
import { keptOf } from './kept'
import { AzureRefusal, unlessBusy } from './refusal'
import { type Running, runningOf } from './setup'
import { isBusy } from './sighting'
import { tagsOf } from './tags'

/** What runs revisions: of each a deployment, and an environment where it has a container of its own. */
export class Deployments {
  /** Where Azure says what became of a deployment this process asked for. It is said nowhere else. */
  readonly #operations = new Map<string, string>()
  /** By id: a version of an environment never changes. */
  readonly #environments = new Map<string, AzureEnvironment>()

  constructor(
    private readonly client: AzureClient,
    private readonly inventory: Inventory,
    private readonly catalog: Catalog,
  ) {}

  /** Makes the one of the wished revision under this name, with as many instances as the `others` have. */
  async put(wish: Wish, there: AzureEndpoint, name: string, others: readonly AzureDeployment[]) {
    const { account } = this.client
    const type = typeOf(wish.spec, await this.catalog.read(), 'Azure')
    const container = containerOf(wish.spec)
    if (container) {
      const path = this.inventory.environmentPath(wish, String(wish.revision))
      const body = environmentBody(container, tagsOf({ ...wish, portalId: account.portalId }))
      await unlessBusy(() => this.client.send(path, { method: 'PUT', body }))
    }
    const path = this.inventory.deploymentPath(wish, name)
    const of = { type, startCount: startCount(wish, others), kept: keptOf(there.tags) }
    const body = deploymentBody(wish, account, of)
    const answer = await unlessBusy(() => this.client.send(path, { method: 'PUT', body }))
    const operation = answer?.headers['azure-asyncoperation']
    if (typeof operation === 'string') this.#operations.set(path, operation)
  }

  async look(own: AzureDeployment): Promise<Running> {
    return runningOf(own, await this.#environmentOf(own))
  }

  /** Whether it runs what is wished, secrets included. */
  async isAsWished({ spec, secrets }: Wish, own: AzureDeployment): Promise<boolean> {
    const { setup, version } = await this.look(own)
    const { environmentVariables } = own.properties
    const hasSecrets = Object.entries(secrets).every(([name, value]) => environmentVariables[name] === value)
    return hasSecrets && version === undefined && setupChanges(spec, withoutSecrets(setup, spec)).length === 0
  }

  async #environmentOf({ properties: { environmentId } }: AzureDeployment): Promise<AzureEnvironment | null> {
    if (!environmentId) return null
    const known = this.#environments.get(environmentId)
    if (known) return known
    const found = await this.inventory.environment(environmentId)
    if (found) this.#environments.set(environmentId, found)
    return found
  }

  /** Somebody set another number of instances. */
  async restoreCount(wish: Wish, own: AzureDeployment) {
    const capacity = startCount(wish, [own])
    if (own.sku?.capacity === capacity) return
    const path = this.inventory.deploymentPath(wish, own.name)
    const body = { sku: { name: 'Default', capacity } }
    await unlessBusy(() => this.client.send(path, { method: 'PATCH', body }))
  }

  async failureOf(ref: NamedRef, { name }: AzureDeployment): Promise<string | null> {
    const operation = this.#operations.get(this.inventory.deploymentPath(ref, name))
    if (!operation) return null
    const told = await this.client.follow(operation, azureOperation).catch(() => null)
    return told?.error?.message ?? null
  }

  async deleteAll(ref: NamedRef, deployments: readonly AzureDeployment[]) {
    for (const each of deployments)
      if (!isBusy(each)) await this.delete(this.inventory.deploymentPath(ref, each.name))
  }

  async deleteEnvironments(ref: NamedRef, isGone: (version: string) => boolean) {
    for (const version of await this.inventory.environments(ref))
      if (isGone(version)) await this.delete(this.inventory.environmentPath(ref, version))
  }

  /** Also an endpoint, with the deployments it has. */
  async delete(path: string) {
    for (const known of this.#operations.keys()) if (known.startsWith(path)) this.#operations.delete(known)
    await unlessBusy(() => this.client.send(path, { method: 'DELETE' })).catch(error => {
      if (!(error instanceof AzureRefusal && error.isMissing)) throw error
    })
  }
}
