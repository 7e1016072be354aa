import { EmbeddedDatabaseError } from '@/lib/server/db/embedded/failure'
import { StartFailure } from './start-failure'
import { supervise } from './supervise'
import { fault } from './terminal'

try {
  await supervise()
} catch (error) {
  const expected = error instanceof StartFailure || error instanceof EmbeddedDatabaseError
  fault(expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
}
