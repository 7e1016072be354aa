import { canRemoveEndpoint } from '@/lib/domain/access/rights'
import type { RemoveEndpointInput } from '@/lib/domain/endpoint/inputs'
import { fail, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { changeDesired } from './change-desired'
import { requireEndpoint } from './require-endpoint'

/**
 * Asks for the endpoint to be gone. The controller confirms when nothing is left at the provider; only then is
 * the name free again. Asking twice is no failure.
 */
export async function removeEndpoint(
  ctx: Context,
  input: RemoveEndpointInput,
): Promise<Result<{ id: string }>> {
  const found = await requireEndpoint(ctx, input, canRemoveEndpoint, 'delete this endpoint')
  if (!found.ok) return found
  const { name } = found.data.endpoint
  if (input.typedName !== undefined && input.typedName.trim() !== name) {
    const message = `Type ${name} to confirm that this endpoint shall be deleted.`
    return fail('invalid', message, { fields: { typedName: message } })
  }
  return changeDesired(ctx, found.data, {
    action: 'remove',
    desired: 'absent',
    kind: 'deleteRequested',
    message: 'Deletion requested: replicas stop; analytics, logs and this timeline stay until they expire.',
  })
}
