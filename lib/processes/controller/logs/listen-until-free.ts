import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

const LISTEN_AGAIN_MS = 1_000
const SAY_AGAIN_MS = 60_000

type Where = { host: string; port: number; logger: Logger }

/**
 * The port this server listens on once it can; null when told to stop before. Another port than the one that was set
 * is no way out: it was set because others reach no other.
 */
export async function listenUntilFree(server: Server, where: Where, signal: AbortSignal) {
  const { host, port, logger } = where
  let saidAtMs = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    try {
      server.listen(port, host)
      await once(server, 'listening')
      return (server.address() as AddressInfo).port
    } catch (error) {
      if (Date.now() - saidAtMs >= SAY_AGAIN_MS) {
        logger.error({ err: error }, sentenceOf(error, where))
        saidAtMs = Date.now()
      }
    }
    await sleep(LISTEN_AGAIN_MS, undefined, { signal }).catch(() => {})
  }
  return null
}

function sentenceOf(error: unknown, { host, port }: Where): string {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const why = isTaken ? `Port ${port} is taken by another program` : `${host}:${port} cannot be listened on`
  return `${why}: logs are collected, but portals cannot read them. Set SLIPWAY_LOGS_PORT to a free port and start Slipway again, or free this one; it is tried again every second.`
}
