import { type Env, portalUrl } from '@/lib/server/env'
import type { FirstStart } from './first-start'
import { bold, say } from './terminal'

/** The last lines of a start: where to go and how to get in. */
export function greet(settings: Env, first: FirstStart): void {
  say()
  say(`  ${bold('Slipway is running')}  ${portalUrl(settings)}`)
  if (first.account.created) {
    say(`  Sign in with           ${first.account.email}`)
    say(`  Password               ${first.account.generatedPassword ?? '(from SLIPWAY_ADMIN_PASSWORD)'}`)
  }
  say()
}
