import { removeRunFile, writeRunFile } from '@/lib/processes/run-file'
import { closeDatabase, openDatabase } from '@/lib/server/db/client'
import { listen } from '@/lib/server/db/notify'
import { env } from '@/lib/server/env'
import { createLogger } from '@/lib/server/logger'
import { providerSource } from '@/lib/server/services/connections/provider-source'
import { startController } from './controller'
import { startHousekeeping } from './housekeeping'
import { startLogCollection } from './logs/start-log-collection'
import { startLoop } from './loop'
import { controllerId } from './process-id'
import { reportAlive, reportGone } from './process-row'
import { onStopSignal } from './stop-signal'

const HEARTBEAT_MS = 5_000
const FLUSH_MS = 5_000

async function main(): Promise<void> {
  const settings = env()
  const logger = createLogger('controller')
  const { DATABASE_URL: url, DATABASE_DIRECT_URL: directUrl = url } = settings
  if (!url || !directUrl) throw new Error('DATABASE_URL is not set: `npm start` sets it for its programs.')
  const db = openDatabase(url, { max: settings.SLIPWAY_DATABASE_POOL, applicationName: 'slipway-controller' })
  const id = controllerId()
  await reportAlive(db, id)

  const every = (ms: number, name: string, work: () => Promise<unknown>) =>
    startLoop(async () => {
      await work().catch(error => logger.error({ err: error, work: name }, 'failed; trying again'))
      return ms
    })

  const providers = providerSource(db)
  const controller = startController({
    db,
    holder: id,
    providers,
    logger,
    settings: { startDeadlineMs: settings.SLIPWAY_START_DEADLINE_MINUTES * 60_000 },
  })
  const logs = startLogCollection({
    db,
    logger,
    processId: id,
    providerOf: providers.of,
    dataDir: settings.SLIPWAY_DATA_DIR,
    host: settings.HOST,
    port: settings.SLIPWAY_LOGS_PORT,
    publicHost: settings.SLIPWAY_LOGS_HOST,
    linesPerSecond: settings.SLIPWAY_LOG_LINES_PER_SECOND,
    retention: { days: settings.SLIPWAY_LOG_RETENTION_DAYS, bytes: settings.SLIPWAY_LOG_RETENTION_BYTES },
  })
  const helpers = [
    every(HEARTBEAT_MS, 'heartbeat', () => reportAlive(db, id)),
    every(FLUSH_MS, 'hardware', () => controller.sampler.flush(db)),
    startHousekeeping(db, logger),
    { stop: listen(directUrl, ['endpoints'], controller.hint) },
  ]
  writeRunFile('controller', { port: 0 })
  logger.info({ id }, 'controller ready')

  onStopSignal(async ({ keepsReplicas }) => {
    logger.info({ keepsReplicas }, 'stopping')
    // Replicas of this machine stop with Slipway; what runs elsewhere runs on either way.
    await controller.stop({ halt: keepsReplicas ? [] : ['local'] })
    await logs.stop()
    await Promise.all(helpers.map(helper => helper.stop()))
    await reportGone(db, id)
    await closeDatabase(db)
    removeRunFile('controller')
    logger.info('stopped')
  }, logger)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
