import { once } from 'node:events'
import { EmbeddedDatabaseError } from '@/lib/server/db/embedded/failure'
import { startEmbedded } from '@/lib/server/db/embedded/server'

const [dataDir = ''] = process.argv.slice(2)
try {
  const { pid, port, url, adopted, stop } = await startEmbedded({ dataDir, settings: { fsync: 'off' } })
  process.stdout.write(`${JSON.stringify({ pid, port, url, adopted })}\n`)
  await once(process.stdin.resume(), 'end')
  await stop()
} catch (error) {
  if (!(error instanceof EmbeddedDatabaseError)) throw error
  process.stdout.write(`${JSON.stringify({ refused: error.message })}\n`)
}
