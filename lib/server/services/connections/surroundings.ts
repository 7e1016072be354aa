import { env } from '@/lib/server/env'
import type { HfSurroundings } from '@/lib/server/providers/huggingface/account'
import { deriveKey } from '@/lib/server/secrets/key'

const PORTAL_ID_LENGTH = 16

/**
 * What providers are told of this installation. The portal's mark comes from the key, not from the database: after
 * a reset what was made before is still known as ours.
 */
export const providerSurroundings = (): HfSurroundings => ({
  hubUrl: env().HF_ENDPOINT,
  allowedHosts: env().SLIPWAY_ALLOWED_PRIVATE_HOSTS,
  portalId: deriveKey('portal')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, PORTAL_ID_LENGTH),
})
