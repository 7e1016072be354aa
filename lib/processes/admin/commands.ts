import type { Database } from '@/lib/server/db/client'
import { resetPassword } from '@/lib/server/services/access/reset-password'
import { AdminFailure } from './with-database'

type Command = {
  parameters: readonly string[]
  help: string
  /** Returns what is printed. */
  run: (db: Database, ...args: string[]) => Promise<string>
}

export const COMMANDS: Record<string, Command> = {
  'reset-password': {
    parameters: ['<email>'],
    help: 'Give an account a new password, shown once, and sign it out everywhere.',
    run: async (db, email = '') => {
      const result = await resetPassword(db, email)
      if (!result.ok) throw new AdminFailure(result.error.message)
      return `New password of ${result.data.email}: ${result.data.password}\nIt was signed out everywhere. Change the password after signing in.`
    },
  },
}

export function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, command]) => {
    const call = [name, ...command.parameters].join(' ')
    return `  ${call.padEnd(28)}${command.help}`
  })
  return ['Usage: npm run admin -- <command>', '', ...lines, `  ${'help'.padEnd(28)}Show this.`].join('\n')
}
