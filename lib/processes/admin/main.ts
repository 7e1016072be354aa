import { EmbeddedDatabaseError } from '@/lib/server/db/embedded/failure'
import { COMMANDS, usage } from './commands'
import { AdminFailure, withDatabase } from './with-database'

const [name = 'help', ...args] = process.argv.slice(2)

async function run(): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(`${usage()}\n`)
    return 0
  }
  const command = COMMANDS[name]
  if (!command || args.length !== command.parameters.length) {
    process.stderr.write(
      `${command ? `${name} takes: ${command.parameters.join(' ')}` : `There is no command “${name}”.`}\n\n${usage()}\n`,
    )
    return 2
  }
  process.stdout.write(`${await withDatabase(db => command.run(db, ...args))}\n`)
  return 0
}

try {
  process.exitCode = await run()
} catch (error) {
  const expected = error instanceof AdminFailure || error instanceof EmbeddedDatabaseError
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
