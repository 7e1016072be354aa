import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, inheritedEnvironment } from '@/lib/server/env'

/** The program of this name answers no SIGTERM, as one would that waits for a slow client. */
const DEAF = inheritedEnvironment().SLIPWAY_STAND_IN_DEAF

/** Appends `<program> <signal>` to a file in the data directory: the order in which programs ended. */
export function noteAndExitOn(program: string, signals: readonly NodeJS.Signals[]): void {
  for (const signal of signals)
    process.on(signal, () => {
      appendFileSync(join(env().SLIPWAY_DATA_DIR, 'ended.txt'), `${program} ${signal}\n`)
      if (DEAF !== program) process.exit(0)
    })
}
