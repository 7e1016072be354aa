import { openDatabase } from '@/lib/server/db/client'
import { env } from '@/lib/server/env'
import { createLogger } from '@/lib/server/logger'
import { removeRunFile, writeRunFile } from '../run-file'
import { startGateway } from './gateway'

const logger = createLogger('gateway')

async function main(): Promise<void> {
  const e = env()
  if (!e.DATABASE_URL) throw new Error('DATABASE_URL is not set: `npm start` sets it for its programs.')
  const db = openDatabase(e.DATABASE_URL, { max: 4, applicationName: 'slipway-gateway' })
  const gateway = await startGateway({
    env: e,
    db,
    directUrl: e.DATABASE_DIRECT_URL ?? e.DATABASE_URL,
    logger,
  })
  writeRunFile('gateway', { port: gateway.port })
  logger.info({ port: gateway.port }, 'gateway is ready')

  let isStopping = false
  const stop = (why: string, exitCode: number) => {
    if (isStopping) return
    isStopping = true
    logger.info({ why }, 'gateway stops: finishing what is under way')
    gateway.stop().then(
      () => {
        removeRunFile('gateway')
        process.exit(exitCode)
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the gateway did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM', 0))
  process.on('SIGINT', () => stop('SIGINT', 0))
  // State may be broken: clients get what is under way, measurements are kept, and a new process takes over.
  process.on('uncaughtException', error => {
    logger.fatal({ err: error }, 'the gateway met a bug and ends')
    stop('bug', 1)
  })
}

main().catch((error: NodeJS.ErrnoException) => {
  const words =
    error.code === 'EADDRINUSE'
      ? `Port ${env().SLIPWAY_GATEWAY_PORT} is taken by another program; set SLIPWAY_GATEWAY_PORT to a free one.`
      : error.message
  logger.fatal({ err: error }, words)
  process.exit(1)
})
