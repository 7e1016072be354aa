import { type NamedRef, ProviderError } from '../port'
import { workspacePath } from './account'
import {
  type AzureDeployment,
  type AzureEndpoint,
  type AzureEnvironment,
  azureDeployments,
  azureEndpoint,
  azureEndpoints,
  azureEnvironment,
  azureEnvironments,
} from './answers'
import type { AzureClient } from './client'
import { endpointNameOf, ownNameOf } from './naming'
import { type AzureTags, endpointIdOf, hasPortal, isOurs } from './tags'

/** What is there, found by name and proved to be ours by tags. */
export class Inventory {
  constructor(private readonly client: AzureClient) {}

  endpointPath = (ref: NamedRef): string => this.named(endpointNameOf(ref))

  deploymentPath = (ref: NamedRef, deployment: string): string =>
    `${this.endpointPath(ref)}/deployments/${deployment}`

  environmentPath = (ref: NamedRef, version: string): string => `${this.#versions(ref)}/${version}`

  /** Somebody else's of the same name is an error, never touched. */
  async endpoint(ref: NamedRef): Promise<AzureEndpoint | null> {
    const found = await this.client.find(this.endpointPath(ref), azureEndpoint)
    if (!found || this.isOf(ref, found.tags)) return found
    // It was adopted as nobody's, and is looked at, or about to be tagged.
    if (ref.adopted && !hasPortal(found.tags)) return found
    throw new ProviderError(
      'invalid_spec',
      `The workspace has an endpoint ${found.name} that Slipway did not make, or that has lost its slipway tags. It is left alone; delete it in Azure Machine Learning studio.`,
    )
  }

  deployments = (ref: NamedRef): Promise<AzureDeployment[]> => this.deploymentsOf(endpointNameOf(ref))

  /** Versions of its containers: one for each revision that has one. */
  async environments(ref: NamedRef): Promise<string[]> {
    const found = await this.client.list(this.#versions(ref), azureEnvironments)
    return found.filter(({ properties }) => this.isOf(ref, properties.tags)).map(({ name }) => name)
  }

  /** Every endpoint of the workspace, whoever made it. */
  all = (signal?: AbortSignal): Promise<AzureEndpoint[]> =>
    this.client.list(
      `${workspacePath(this.client.account)}/onlineEndpoints`,
      azureEndpoints,
      signal ? { signal } : {},
    )

  deploymentsOf = (endpoint: string, signal?: AbortSignal): Promise<AzureDeployment[]> =>
    this.client.list(`${this.named(endpoint)}/deployments`, azureDeployments, signal ? { signal } : {})

  /** By its id, where it is one of this workspace. */
  async environment(id: string, signal?: AbortSignal): Promise<AzureEnvironment | null> {
    const [, path] = /(\/environments\/[^/]+\/versions\/[^/]+)$/.exec(id) ?? []
    const workspace = workspacePath(this.client.account)
    if (!path || !id.toLowerCase().startsWith(`${workspace}/`.toLowerCase())) return null
    return await this.client.find(`${workspace}${path}`, azureEnvironment, signal ? { signal } : {})
  }

  /**
   * Every endpoint of this portal that was made here. Adopted ones are called otherwise, and nobody stops them for
   * want of a row.
   */
  async ours(): Promise<{ ref: NamedRef; endpoint: AzureEndpoint }[]> {
    return (await this.all()).flatMap(endpoint => {
      const endpointId = endpointIdOf(endpoint.tags)
      const isMine = isOurs(endpoint.tags, this.client.account.portalId) && endpointId !== null
      const endpointName = /^slipway-(.+)-[^-]+$/.exec(endpoint.name)?.[1]
      return isMine && endpointName ? [{ ref: { endpointId, endpointName }, endpoint }] : []
    })
  }

  named = (name: string): string => `${workspacePath(this.client.account)}/onlineEndpoints/${name}`

  #versions = (ref: NamedRef): string =>
    `${workspacePath(this.client.account)}/environments/${ownNameOf(ref)}/versions`

  isOf = (ref: NamedRef, tags: AzureTags): boolean =>
    isOurs(tags, this.client.account.portalId) && endpointIdOf(tags) === ref.endpointId
}
