import {
  type AzureRight,
  GROUP_RIGHTS,
  type Granted,
  groupScope,
  isGranted,
  SEE_RIGHTS,
  SUBSCRIPTION_RIGHTS,
} from '@/lib/domain/connections/azure-role'
import type { PermissionResult } from '@/lib/domain/connections/connection'
import type { CallerOptions } from '../json-caller'
import { ProviderError } from '../port'
import { type AzureAccount, locationPath, SCORING_SCOPE, workspacePath } from './account'
import { azurePermissions, azureWorkspace } from './answers'
import { AzureClient } from './client'
import { AzureRefusal } from './refusal'

/** Of `Microsoft.Authorization`. */
const RIGHTS_VERSION = '2022-04-01'
/** No operation is called that: who may look is told that it is not there. */
const NO_OPERATION = '00000000-0000-0000-0000-000000000000'

/**
 * Asks Azure what the app may do: it lists that itself, so nothing has to be tried. What is of the subscription is
 * read, which changes nothing. @throws ProviderError where the app itself, or the way to Azure, is the trouble.
 */
export async function testPermissions(
  account: AzureAccount,
  options: CallerOptions,
  signal: AbortSignal,
): Promise<PermissionResult[]> {
  const client = new AzureClient(account, options)
  await requireWorkspace(client, signal)
  const [granted, inGroup, ...read] = await Promise.all([
    grantedIn(client, workspacePath(account), signal),
    grantedIn(client, groupScope(account), signal),
    tryReading(client, 'hardware', 'vmSizes', signal),
    tryReading(client, 'quotas', 'usages', signal),
    tryReading(client, 'operations', `mfeOperationsStatus/${NO_OPERATION}`, signal),
  ])
  const listed = GROUP_RIGHTS.map((right: AzureRight) => resultOf(right, right.isOfGroup ? inGroup : granted))
  return [...(await Promise.all(listed.map(result => withToken(client, result)))), ...read]
}

/** A wrong name is told apart from a missing right, and a region that is not the workspace's is refused. */
async function requireWorkspace(client: AzureClient, signal: AbortSignal): Promise<void> {
  const { workspace, resourceGroup, region } = client.account
  try {
    const { location } = await client.read(workspacePath(client.account), azureWorkspace, { signal })
    if (location === region) return
    throw new ProviderError('invalid_spec', `Workspace ${workspace} is in ${location}, not in ${region}.`)
  } catch (error) {
    if (!(error instanceof AzureRefusal)) throw error
    if (error.isMissing)
      throw new ProviderError(
        'not_found',
        `Azure does not find workspace ${workspace} in resource group ${resourceGroup} of this subscription.`,
      )
    // Who may not see the workspace is told so with the rest.
    if (error.code !== 'permission') throw error
  }
}

/** Null where the app may not see its own rights. Those of the groups above are among them. */
async function grantedIn(
  client: AzureClient,
  scope: string,
  signal: AbortSignal,
): Promise<readonly Granted[] | null> {
  const path = `${scope}/providers/Microsoft.Authorization/permissions`
  try {
    return await client.list(path, azurePermissions, { version: RIGHTS_VERSION, signal })
  } catch (error) {
    if (error instanceof AzureRefusal && error.code === 'permission') return null
    throw error
  }
}

function resultOf({ id, label, actions }: AzureRight, granted: readonly Granted[] | null): PermissionResult {
  if (granted === null) {
    const advice = `Azure does not say: add ${SEE_RIGHTS} to the app’s role.`
    return { id, label, allowed: 'unknown', advice }
  }
  const missing = actions.filter(action => !isGranted(granted, action))
  if (missing.length === 0) return { id, label, allowed: 'yes', advice: null }
  return { id, label, allowed: 'no', advice: `Add ${missing.join(', ')} to the app’s role.` }
}

/** Calls need a token of their own, which the directory may refuse whatever the role says. */
async function withToken(client: AzureClient, result: PermissionResult): Promise<PermissionResult> {
  if (result.id !== 'invoke' || result.allowed === 'no') return result
  try {
    await client.requireToken(SCORING_SCOPE)
    return result
  } catch (error) {
    if (!(error instanceof AzureRefusal)) throw error
    return { ...result, allowed: 'no', advice: error.message }
  }
}

async function tryReading(
  client: AzureClient,
  id: keyof typeof SUBSCRIPTION_RIGHTS,
  what: string,
  signal: AbortSignal,
): Promise<PermissionResult> {
  const { label, action } = SUBSCRIPTION_RIGHTS[id]
  try {
    await client.send(`${locationPath(client.account)}/${what}`, { signal })
  } catch (error) {
    if (!(error instanceof AzureRefusal)) throw error
    const advice = `Add ${action} to a role of the app for the whole subscription.`
    if (error.code === 'permission') return { id, label, allowed: 'no', advice }
    if (!error.isMissing) throw error
  }
  return { id, label, allowed: 'yes', advice: null }
}
