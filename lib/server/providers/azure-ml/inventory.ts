import { type NamedRef, ProviderError } from '../port'
import { workspacePath } from './account'
import {
  type AzureDeployment,
  type AzureEndpoint,
  azureDeployments,
  azureEndpoint,
  azureEndpoints,
  azureEnvironments,
} from './answers'
import type { AzureClient } from './client'
import { endpointNameOf } from './naming'
import { type AzureTags, endpointIdOf, isOurs } from './tags'

/** What is there, found by name and proved to be ours by tags. */
export class Inventory {
  constructor(private readonly client: AzureClient) {}

  endpointPath = (ref: NamedRef): string => this.#named(endpointNameOf(ref))

  deploymentPath = (ref: NamedRef, deployment: string): string =>
    `${this.endpointPath(ref)}/deployments/${deployment}`

  environmentPath = (ref: NamedRef, version: string): string => `${this.#versions(ref)}/${version}`

  /** Somebody else's of the same name is an error, never touched. */
  async endpoint(ref: NamedRef): Promise<AzureEndpoint | null> {
    const found = await this.client.find(this.endpointPath(ref), azureEndpoint)
    if (!found || this.isOf(ref, found.tags)) return found
    throw new ProviderError(
      'invalid_spec',
      `The workspace has an endpoint ${found.name} that Slipway did not make, or that has lost its slipway tags. It is left alone; delete it in Azure Machine Learning studio.`,
    )
  }

  deployments = (ref: NamedRef): Promise<AzureDeployment[]> =>
    this.client.list(`${this.endpointPath(ref)}/deployments`, azureDeployments)

  /** Versions of its containers: one for each revision that has one. */
  async environments(ref: NamedRef): Promise<string[]> {
    const found = await this.client.list(this.#versions(ref), azureEnvironments)
    return found.filter(({ properties }) => this.isOf(ref, properties.tags)).map(({ name }) => name)
  }

  /** Every endpoint of this portal. */
  async ours(): Promise<{ ref: NamedRef; endpoint: AzureEndpoint }[]> {
    const found = await this.client.list(
      `${workspacePath(this.client.account)}/onlineEndpoints`,
      azureEndpoints,
    )
    return found.flatMap(endpoint => {
      const endpointId = endpointIdOf(endpoint.tags)
      const isMine = isOurs(endpoint.tags, this.client.account.portalId) && endpointId !== null
      const endpointName = /^slipway-(.+)-[^-]+$/.exec(endpoint.name)?.[1]
      return isMine && endpointName ? [{ ref: { endpointId, endpointName }, endpoint }] : []
    })
  }

  #named = (name: string): string => `${workspacePath(this.client.account)}/onlineEndpoints/${name}`

  #versions = (ref: NamedRef): string =>
    `${workspacePath(this.client.account)}/environments/${endpointNameOf(ref)}/versions`

  isOf = (ref: NamedRef, tags: AzureTags): boolean =>
    isOurs(tags, this.client.account.portalId) && endpointIdOf(tags) === ref.endpointId
}
