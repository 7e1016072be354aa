import { isAddressInRanges } from '@/lib/domain/access/address-range'
import { canCallEndpoint } from '@/lib/domain/access/rights'
import { type Refusal, refusal } from '../http/refusal'
import type { EndpointRoute, TokenRoute } from './routing-table'

/**
 * May this request go to this endpoint? Null when it may. Without a valid token everything that is not a public
 * endpoint looks the same, existing or not; another team's looks like nothing; reasons are given only within one's
 * own team.
 */
export function authorize(
  endpoint: Pick<EndpointRoute, 'id' | 'teamId' | 'name' | 'security' | 'desired'> | null,
  token: TokenRoute | null,
  address: string,
): Refusal | null {
  // On its way out: as good as gone for callers.
  const existing = endpoint?.desired === 'absent' ? null : endpoint
  if (existing?.security.level === 'public') return null
  if (!token) return UNAUTHENTICATED
  if (!existing || existing.teamId !== token.teamId) return NO_SUCH_ENDPOINT
  if (token.endpointId !== null && token.endpointId !== existing.id) return OTHER_ENDPOINT
  if (!canCallEndpoint(token, existing)) return MISSING_INFER
  if (existing.security.level === 'private' && !isAddressInRanges(address, existing.security.allowedRanges)) {
    return refusal(
      403,
      `Forbidden: ${existing.name} is private and ${address} is not in its allowed address ranges.`,
    )
  }
  return null
}

const UNAUTHENTICATED = refusal(
  401,
  'Unauthorized: send a valid token of this endpoint’s team as `Authorization: Bearer …`.',
  ['WWW-Authenticate', 'Bearer realm="slipway"'],
)
const NO_SUCH_ENDPOINT = refusal(404, 'Not found: there is no such endpoint.')
const OTHER_ENDPOINT = refusal(403, 'Forbidden: this token is limited to another endpoint.')
/** Hugging Face's own words, so that its clients and its users' searches find them. */
const MISSING_INFER = refusal(403, 'Forbidden: missing permissions: inference.endpoints.infer.write')
