import { systemActor } from '@/lib/domain/access/actor'
import { createEndpointInput } from '@/lib/domain/endpoint/inputs'
import type { Database } from '@/lib/server/db/client'
import type { Env } from '@/lib/server/env'
import { ensureFirstAccount, type FirstAccount } from '@/lib/server/services/access/ensure-first-account'
import { issueToken } from '@/lib/server/services/access/issue-token'
import type { Context } from '@/lib/server/services/context'
import { createEndpoint } from '@/lib/server/services/endpoints/create-endpoint'
import { sampleEndpointInput } from './sample-endpoint'
import { done, warn } from './terminal'

export const supervisorContext = (db: Database): Context => ({
  db,
  actor: systemActor('first start', 'first-start'),
})

/** Makes the first account, team and sample endpoint in an empty database. */
export async function prepareFirstStart(db: Database, settings: Env): Promise<FirstAccount> {
  const account = await ensureFirstAccount(db, {
    email: settings.SLIPWAY_ADMIN_EMAIL,
    password: settings.SLIPWAY_ADMIN_PASSWORD,
    token: settings.SLIPWAY_ADMIN_TOKEN,
    team: settings.SLIPWAY_TEAM,
  })
  if (!account.created) return account
  done(`First account and team “${account.team}” made`)
  if (!settings.SLIPWAY_SKIP_SAMPLE) await deploySample(db, account.team)
  return account
}

/** Through the verb the wizard calls, with everything it checks. A refusal is no reason not to start. */
async function deploySample(db: Database, team: string): Promise<void> {
  const input = createEndpointInput.parse(sampleEndpointInput(team))
  const result = await createEndpoint(supervisorContext(db), input)
  if (result.ok) done('Sample endpoint created')
  else warn(`The sample endpoint was not created: ${result.error.message}`)
}

/** A fresh `infer` token for the first curl line, limited to that endpoint. Its text exists only there. */
export async function issueFirstToken(
  db: Database,
  owner: { teamId: string; userId: string },
  endpointId: string,
): Promise<string> {
  const { actor } = supervisorContext(db)
  const { text } = await db.transaction(tx =>
    issueToken(tx, actor, { ...owner, name: 'First start', scope: 'infer', endpointId }),
  )
  return text
}
