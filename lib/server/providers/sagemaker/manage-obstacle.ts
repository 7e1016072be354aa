import { AWS_PREFIX, awsPlaceOf, manageStatements } from '@/lib/domain/connections/aws-policy'
import type { ManageObstacle } from '@/lib/domain/connections/manage-obstacle'
import { ProviderError } from '../port'
import type { AwsClients } from './clients'
import type { Inventory } from './inventory'
import { AwsRefusal } from './refusal'

/** No configuration is called that. */
const NOTHING = `${AWS_PREFIX}permission-test-none`

/**
 * Why the keys may not change an endpoint that is called as it was before Slipway. It is tried by calls that change
 * nothing: no tags, and a configuration that does not exist.
 */
export async function manageObstacle(
  clients: AwsClients,
  inventory: Inventory,
  EndpointName: string,
  abortSignal?: AbortSignal,
): Promise<ManageObstacle | null> {
  const { region, roleArn } = clients.account
  const place = awsPlaceOf(region, roleArn)
  if (!place) throw new ProviderError('invalid_spec', `${roleArn} is no role’s ARN.`)
  const { partition, account } = place
  const ResourceArn = `arn:${partition}:sagemaker:${region}:${account}:endpoint/${EndpointName}`
  const sagemaker = await inventory.ask(clients.sagemaker)
  const options = abortSignal ? { abortSignal } : {}
  const mayNot = await Promise.all([
    isDenied(inventory, () => sagemaker.addTags({ ResourceArn, Tags: [] }, options)),
    isDenied(inventory, () =>
      sagemaker.updateEndpoint({ EndpointName, EndpointConfigName: NOTHING }, options),
    ),
  ])
  if (!mayNot.includes(true)) return null
  return {
    message: `The connection’s keys may change only what is called ${AWS_PREFIX}…, so it stays read-only. To let Slipway manage it, add the statements for ${EndpointName} to their policy and press Manage again.`,
    statements: manageStatements(place, EndpointName)
      .map(statement => JSON.stringify(statement, null, 2))
      .join(',\n'),
  }
}

/** Any other answer came after the right was granted, or is no answer at all. */
async function isDenied(inventory: Inventory, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await inventory.ask(call)
    return false
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error
    if (error.code === 'permission') return true
    if (error.code === 'not_found' || error.code === 'invalid_spec') return false
    throw error
  }
}
