import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Logger } from 'pino'
import { reachableHost } from '@/lib/processes/reachable-host'
import type { Env } from '@/lib/server/env'
import { seal } from '@/lib/server/secrets/seal'
import { createInternalServer } from './internal-server'

/** What others need to ask this process: in its row, the secret sealed. */
export type Door = { url: string; sealedSecret: string }
type Options = {
  env: Pick<Env, 'HOST' | 'SLIPWAY_GATEWAY_INTERNAL_PORT' | 'SLIPWAY_ALLOWED_PRIVATE_HOSTS'>
  processId: string
  logger: Logger
}

/** Null where it cannot listen: requests are served all the same, and portals are told that nobody answers. */
export async function openDoor({ env, processId, logger }: Options) {
  const secret = randomBytes(32).toString('base64url')
  const allowed = env.SLIPWAY_ALLOWED_PRIVATE_HOSTS
  const server = createInternalServer({ secret, allowed, logger })
  try {
    server.listen(env.SLIPWAY_GATEWAY_INTERNAL_PORT, env.HOST)
    await once(server, 'listening')
  } catch (error) {
    logger.error(
      { err: error },
      'the internal port cannot be listened on, so private addresses cannot be checked: set SLIPWAY_GATEWAY_INTERNAL_PORT to a free one',
    )
    return null
  }
  const { port } = server.address() as AddressInfo
  const host = reachableHost(env.HOST, networkInterfaces())
  const door: Door = {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    sealedSecret: seal(secret, `process:${processId}`),
  }
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { ...door, close }
}
