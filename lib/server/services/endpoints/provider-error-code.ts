import type { ErrorCode } from '@/lib/domain/result'
import type { ProviderErrorCode } from '@/lib/server/providers/port'

const CODES: Record<ProviderErrorCode, ErrorCode> = {
  credentials: 'provider_refused',
  permission: 'provider_refused',
  quota: 'provider_refused',
  capacity: 'provider_refused',
  invalid_spec: 'provider_refused',
  not_found: 'provider_refused',
  rate_limited: 'provider_unavailable',
  unreachable: 'provider_unavailable',
  timeout: 'provider_unavailable',
  unexpected: 'provider_unavailable',
}

/** A provider's code as the portal's doors say it: refused, or not to be had just now. */
export const providerErrorCode = (code: ProviderErrorCode): ErrorCode => CODES[code]
