import type { ManageObstacle } from '@/lib/domain/connections/manage-obstacle'
import { fail, ok, type Result } from '@/lib/domain/result'
import { type AccountEndpoint, ProviderError } from '@/lib/server/providers/port'
import { providerErrorCode } from '../endpoints/provider-error-code'
import type { ConnectionRow } from './connection-row'
import { providerOfConnection } from './provider-source'

const TIMEOUT_MS = 20_000

/** All endpoints of an account, as the provider tells now. Refused where it cannot tell. */
export async function readAccount(row: ConnectionRow): Promise<Result<AccountEndpoint[]>> {
  try {
    const provider = providerOfConnection(row)
    if (provider.rollout !== 'provider' || !provider.accountEndpoints)
      return fail('invalid_state', `Endpoints of ${row.name} cannot be adopted.`)
    return ok(await provider.accountEndpoints(AbortSignal.timeout(TIMEOUT_MS)))
  } catch (error) {
    return refused(error)
  }
}

/** Why the connection itself may not change one of its account's endpoints; null where it may. */
export async function readManageObstacle(
  row: ConnectionRow,
  name: string,
): Promise<Result<ManageObstacle | null>> {
  try {
    const provider = providerOfConnection(row)
    if (provider.rollout !== 'provider' || !provider.manageObstacle) return ok(null)
    return ok(await provider.manageObstacle(name, AbortSignal.timeout(TIMEOUT_MS)))
  } catch (error) {
    return refused(error)
  }
}

function refused(error: unknown) {
  if (error instanceof ProviderError) return fail(providerErrorCode(error.code), error.message)
  throw error
}

/** Why one cannot be adopted. */
export function adoptObstacle({ owner, spec, specProblem }: AccountEndpoint): string | null {
  if (owner === 'ours') return 'Slipway manages it already.'
  if (owner === 'other') return 'Another Slipway manages it.'
  return spec === null ? (specProblem ?? 'Slipway has no words for what it is.') : null
}
