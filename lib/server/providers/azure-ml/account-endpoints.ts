import type { AccountEndpoint } from '../port'
import { accountEndpointOf } from './account-endpoint'
import type { AzureEndpoint } from './answers'
import type { AzureClient } from './client'
import type { Inventory } from './inventory'
import type { DeploymentScaling } from './scaling'

type Source = { client: AzureClient; inventory: Inventory; scaling: DeploymentScaling }

/** All that the workspace has, whoever made it. */
export async function readAccountEndpoints(source: Source, signal?: AbortSignal): Promise<AccountEndpoint[]> {
  const found: AccountEndpoint[] = []
  for (const endpoint of await source.inventory.all(signal))
    found.push(await readOne(source, endpoint, signal))
  return found
}

async function readOne(
  { client, inventory, scaling }: Source,
  endpoint: AzureEndpoint,
  signal?: AbortSignal,
): Promise<AccountEndpoint> {
  const deployments = await inventory.deploymentsOf(endpoint.name, signal)
  const [deployment] = deployments
  const { environmentId } = deployment?.properties ?? {}
  const environment = environmentId ? await inventory.environment(environmentId, signal) : null
  const id = `${inventory.named(endpoint.name)}/deployments/${deployment?.name}`
  const settings = deployment ? await scaling.ofTarget(id, signal) : []
  return accountEndpointOf({ endpoint, deployments, environment, settings }, client.account)
}
