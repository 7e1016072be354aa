import type { PermissionResult } from '@/lib/domain/connections/connection'
import { ProviderError } from '../port'
import { type AwsAccount, runtimeUrl } from './account'
import { AwsClients, type AwsOptions } from './clients'
import { Inventory } from './inventory'
import { logGroupOf } from './naming'
import { mayInvoke } from './permission-invoke'
import { AwsRefusal } from './refusal'

/** Nothing is called that: asking for it says whether we may, without there being one. */
const NOBODY = 'slipway-permission-test'

type Probe = { id: string; label: string; action: string; call: () => Promise<unknown> }

/**
 * Tries each permission by a call that changes nothing: AWS checks the right before it looks for the thing. @throws
 * ProviderError where the keys themselves, or the way to AWS, are the trouble.
 */
export async function testPermissions(
  account: AwsAccount,
  options: AwsOptions,
  signal: AbortSignal,
): Promise<PermissionResult[]> {
  const clients = new AwsClients(account, options)
  const inventory = new Inventory(clients)
  await requireAccount(clients, inventory)
  const probes = await probesOf(clients, signal)
  const results = await Promise.all(probes.map(probe => tried(inventory, probe)))
  const invoke = await mayInvoke(account, `${runtimeUrl(account)}/endpoints/${NOBODY}/invocations`, signal)
  return [
    ...results,
    result('invoke', 'call endpoints', invoke, 'sagemaker:InvokeEndpoint'),
    {
      id: 'pass-role',
      label: 'let containers run as the role',
      allowed: 'unknown',
      advice: 'AWS tells iam:PassRole only when the first endpoint is created.',
    },
  ]
}

async function probesOf(clients: AwsClients, signal: AbortSignal): Promise<Probe[]> {
  const [sagemaker, logs, pricing, quotas] = await Promise.all([
    clients.sagemaker(),
    clients.logs(),
    clients.pricing(),
    clients.quotas(),
  ])
  const options = { abortSignal: signal }
  const EndpointName = NOBODY
  const EndpointConfigName = NOBODY
  const logGroupName = logGroupOf({ endpointId: 'test', endpointName: 'permission' })
  return [
    {
      id: 'read',
      label: 'see endpoints and their state',
      action: 'sagemaker:DescribeEndpoint',
      call: () => sagemaker.describeEndpoint({ EndpointName }, options),
    },
    {
      id: 'list',
      label: 'list endpoints',
      action: 'sagemaker:ListEndpoints',
      call: () => sagemaker.listEndpoints({ MaxResults: 1 }, options),
    },
    {
      id: 'create',
      label: 'create endpoints',
      action: 'sagemaker:CreateEndpoint',
      call: () => sagemaker.createEndpoint({ EndpointName, EndpointConfigName }, options),
    },
    {
      id: 'change',
      label: 'change endpoints',
      action: 'sagemaker:UpdateEndpoint',
      call: () => sagemaker.updateEndpoint({ EndpointName, EndpointConfigName }, options),
    },
    {
      id: 'delete',
      label: 'delete endpoints',
      action: 'sagemaker:DeleteEndpoint',
      call: () => sagemaker.deleteEndpoint({ EndpointName }, options),
    },
    {
      id: 'logs',
      label: 'read logs',
      action: 'logs:FilterLogEvents',
      call: () => logs.filterLogEvents({ logGroupName, limit: 1 }, options),
    },
    {
      id: 'prices',
      label: 'see hardware and prices',
      action: 'pricing:GetProducts',
      call: () =>
        pricing.getProducts({ ServiceCode: 'AmazonSageMaker', MaxResults: 1, Filters: [] }, options),
    },
    {
      id: 'quotas',
      label: 'see quotas',
      action: 'servicequotas:ListServiceQuotas',
      call: () => quotas.listServiceQuotas({ ServiceCode: 'sagemaker', MaxResults: 1 }, options),
    },
  ]
}

/** The keys' account must be the role's: SageMaker takes no other. */
async function requireAccount(clients: AwsClients, inventory: Inventory): Promise<void> {
  const sts = await inventory.ask(clients.sts)
  const { Account } = await inventory.ask(() => sts.getCallerIdentity({}))
  const [, , , , roleAccount] = clients.account.roleArn.split(':')
  if (Account === roleAccount) return
  throw new ProviderError(
    'permission',
    `These keys are of account ${Account}, the role is of ${roleAccount}. Give a role of the keys' own account.`,
  )
}

async function tried(inventory: Inventory, { id, label, action, call }: Probe): Promise<PermissionResult> {
  try {
    await inventory.ask(call)
    return result(id, label, true, action)
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error
    if (error.code === 'permission') return result(id, label, false, action)
    // Refused for what it asks, after the right was granted.
    if (error.code === 'not_found' || error.code === 'invalid_spec') return result(id, label, true, action)
    throw error
  }
}

const result = (id: string, label: string, isAllowed: boolean, action: string): PermissionResult => ({
  id,
  label,
  allowed: isAllowed ? 'yes' : 'no',
  advice: isAllowed ? null : `Add ${action} to the policy of these keys.`,
})
