import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { AccountEndpoint } from '../port'
import { accountEndpointOf } from './account-endpoint'
import type { AutoscaleSetting, AzureEndpoint } from './answers'
import type { AzureClient } from './client'
import type { Inventory } from './inventory'
import type { DeploymentScaling } from './scaling'

type Source = { client: AzureClient; inventory: Inventory; scaling: DeploymentScaling }

/** All that the workspace has, whoever made it. */
export async function readAccountEndpoints(source: Source, signal?: AbortSignal): Promise<AccountEndpoint[]> {
  const settings = await source.scaling.all(signal)
  const found: AccountEndpoint[] = []
  for (const endpoint of await source.inventory.all(signal))
    found.push(await readOne(source, endpoint, settings, signal))
  return found
}

/** What one endpoint of nobody's is at this moment; null where our words have nothing for it. */
export const readSpec = async (source: Source, endpoint: AzureEndpoint): Promise<EndpointSpec | null> =>
  (await readOne(source, endpoint, await source.scaling.all())).spec

async function readOne(
  { client, inventory }: Source,
  endpoint: AzureEndpoint,
  all: readonly AutoscaleSetting[],
  signal?: AbortSignal,
): Promise<AccountEndpoint> {
  const deployments = await inventory.deploymentsOf(endpoint.name, signal)
  const [deployment] = deployments
  const { environmentId } = deployment?.properties ?? {}
  const environment = environmentId ? await inventory.environment(environmentId, signal) : null
  const id = `${inventory.named(endpoint.name)}/deployments/${deployment?.name}`
  const settings = all.filter(
    ({ properties }) => properties.targetResourceUri?.toLowerCase() === id.toLowerCase(),
  )
  return accountEndpointOf({ endpoint, deployments, environment, settings }, client.account)
}
