import { setMaxListeners } from 'node:events'
import type { PermissionResult } from '@/lib/domain/connections/connection'
import { ProviderError } from '../port'
import type { AwsAccount } from './account'
import { AwsClients, type AwsOptions } from './clients'
import { Inventory } from './inventory'
import { type Permission, type Probe, permissionsOf } from './permission-probes'
import { AwsRefusal } from './refusal'

/** What came of a probe: null where AWS granted the right, whatever it said of the rest. */
type Tried = { action: string; refusal: AwsRefusal | null; denied: boolean }

const PASS_ROLE = /iam:PassRole/
const NOT_TRUSTED = /assume (the )?role/i

/**
 * Tries each permission by calls that change nothing: AWS checks the right before it looks for the thing. @throws
 * ProviderError where the keys themselves, or the way to AWS, are the trouble.
 */
export async function testPermissions(
  account: AwsAccount,
  options: AwsOptions,
  signal: AbortSignal,
): Promise<PermissionResult[]> {
  const clients = new AwsClients(account, options)
  const inventory = new Inventory(clients)
  // Every probe listens for its end while it is under way; Node takes more than ten for a leak.
  setMaxListeners(0, signal)
  await requireAccount(clients, inventory)
  const tryAll = (permission: Permission) =>
    Promise.all(permission.probes.map(probe => tryOne(inventory, probe)))
  const { create, others } = await permissionsOf(clients, signal)
  const created = await tryAll(create)
  const rest = await Promise.all(
    others.map(async permission => resultOf(permission, await tryAll(permission))),
  )
  const ofModel = created.find(({ action }) => action === 'sagemaker:CreateModel')
  return [resultOf(create, created), ...rest, roleResult(ofModel, account.roleArn)]
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

async function tryOne(inventory: Inventory, { action, call }: Probe): Promise<Tried> {
  try {
    await inventory.ask(call)
    return { action, refusal: null, denied: false }
  } catch (refusal) {
    if (!(refusal instanceof AwsRefusal)) throw refusal
    // Passing the role is asked about for itself: the model may be made.
    if (refusal.code === 'permission') return { action, refusal, denied: !PASS_ROLE.test(refusal.said) }
    // Refused for what it asks, after the right was granted.
    if (refusal.code === 'not_found' || refusal.code === 'invalid_spec')
      return { action, refusal, denied: false }
    throw refusal
  }
}

function resultOf({ id, label, note, remedy }: Permission, tried: readonly Tried[]): PermissionResult {
  const missing = tried.filter(({ denied }) => denied).map(({ action }) => action)
  if (missing.length === 0) return { id, label, allowed: 'yes', advice: note }
  const advice = remedy ?? `Add ${missing.join(', ')} to the policy of these keys.`
  return { id, label, allowed: 'no', advice }
}

/** SageMaker checks the role when a model is made: that it may be passed, and that it may be assumed. */
function roleResult(ofModel: Tried | undefined, roleArn: string): PermissionResult {
  const said = (allowed: PermissionResult['allowed'], advice: string | null) => ({
    id: 'pass-role',
    label: 'let containers run as the role',
    allowed,
    advice,
  })
  const words = ofModel?.refusal?.said ?? ''
  if (!ofModel || ofModel.denied)
    return said('unknown', 'SageMaker says so only to those who may create models.')
  if (PASS_ROLE.test(words)) return said('no', `Add iam:PassRole on ${roleArn} to the policy of these keys.`)
  if (NOT_TRUSTED.test(words))
    return said('no', 'Let SageMaker act as the role: give the role the trust policy of the form.')
  return said('yes', null)
}
