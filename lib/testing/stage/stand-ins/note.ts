import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '@/lib/server/env'

/** Appends `<program> <signal>` to a file in the data directory: the order in which programs ended. */
export function noteAndExitOn(program: string, signals: readonly NodeJS.Signals[]): void {
  for (const signal of signals)
    process.on(signal, () => {
      appendFileSync(join(env().SLIPWAY_DATA_DIR, 'ended.txt'), `${program} ${signal}\n`)
      process.exit(0)
    })
}
