import { isOwnOrigin } from '@/lib/domain/access/origin'
import { env, portalUrl } from '@/lib/server/env'

/** Whether the request carries the `Origin` of one of our own pages. */
export const hasOwnOrigin = (headers: Headers): boolean =>
  isOwnOrigin(headers.get('origin'), headers.get('host'), {
    url: portalUrl(),
    isConfigured: env().SLIPWAY_URL !== undefined,
  })
