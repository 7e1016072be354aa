import { snippet } from '@/lib/domain/endpoint/snippets'
import type { EndpointSummary } from '@/lib/domain/endpoint/view'
import type { Database } from '@/lib/server/db/client'
import { type Env, gatewayUrl, portalUrl } from '@/lib/server/env'
import type { FirstAccount } from '@/lib/server/services/access/ensure-first-account'
import { issueFirstToken } from './first-start'
import { findGreetedEndpoint, waitForGateway, waitUntilRunning } from './greeted-endpoint'
import { bold, done, say, warn } from './terminal'

const RUNNING_TIMEOUT_MS = 120_000
/** One round of the gateway's own polling, for where hints do not arrive. */
const GATEWAY_TIMEOUT_MS = 15_000

type Start = { db: Database; settings: Env; account: FirstAccount; signal: AbortSignal }

/** The last lines of a start: where to go, how to get in, and a call that works as it is printed. */
export async function greet(start: Start): Promise<void> {
  const { db, settings, account } = start
  const endpoint = await findGreetedEndpoint(db, settings.SLIPWAY_TEAM)
  const call = endpoint && (await callOf(start, endpoint))
  say()
  say(`  ${bold('Slipway is running')}   ${portalUrl(settings)}`)
  say(`  Gateway              ${gatewayUrl(settings)}`)
  if (account.created) {
    say(`  Sign in with         ${account.email}`)
    say(`  Password             ${account.generatedPassword ?? 'the one in SLIPWAY_ADMIN_PASSWORD'}`)
    if (account.generatedPassword)
      say('                       (shown only now; npm run admin -- reset-password makes another)')
  }
  if (call) {
    say()
    say(`  Call ${endpoint.name}:`)
    say()
    say(call)
  }
  say()
  say('  Ctrl-C stops everything; npm start brings it back.')
  say()
}

async function callOf({ db, settings, account, signal }: Start, endpoint: EndpointSummary): Promise<string> {
  const obstacle = await waitUntilRunning(db, endpoint.id, { timeoutMs: RUNNING_TIMEOUT_MS, signal })
  if (obstacle === null) done(`Endpoint “${endpoint.name}” is running`)
  else warn(`Endpoint “${endpoint.name}” does not run: ${obstacle}`)
  const token = account.created ? await issueFirstToken(db, account, endpoint.id) : null
  await waitForGateway(db, { timeoutMs: GATEWAY_TIMEOUT_MS, signal })
  const url = `${gatewayUrl(settings)}/${endpoint.team}/${endpoint.name}`
  return snippet('curl', { url, task: endpoint.task, security: endpoint.security, token })
}
