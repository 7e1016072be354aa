import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbedded } from '@/lib/server/db/embedded/server'
import { isSameProcess } from '@/lib/server/process-identity'
import type { SupervisedDatabase } from './database'
import { done, echo } from './terminal'

const POLL_MS = 500
const RETRY_MS = 5_000

/**
 * Starts the embedded PostgreSQL again when it dies. It gets the same port (the recorded one), so the programs,
 * whose DATABASE_URL names it, reconnect by themselves.
 */
export function watchDatabase(database: SupervisedDatabase, dataDir: string): { stop: () => Promise<void> } {
  let stopping = false
  const watching = watch()
  return {
    stop: () => {
      stopping = true
      return watching
    },
  }

  async function watch(): Promise<void> {
    while (!stopping && database.embedded) {
      await sleep(POLL_MS)
      if (stopping || isSameProcess(database.embedded)) continue
      echo('database', 'error', 'PostgreSQL stopped unexpectedly; starting it again.')
      await restart()
    }
  }

  async function restart(): Promise<void> {
    try {
      const port = Number(new URL(database.url).port)
      database.embedded = await startEmbedded({ dataDir, port })
      done('PostgreSQL recovered')
    } catch (error) {
      echo('database', 'error', error instanceof Error ? error.message : String(error))
      await sleep(RETRY_MS)
    }
  }
}
