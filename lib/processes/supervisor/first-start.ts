import type { Database } from '@/lib/server/db/client'
import type { Env } from '@/lib/server/env'
import { ensureFirstAccount, type FirstAccount } from '@/lib/server/services/access/ensure-first-account'

export type FirstStart = { account: FirstAccount }

/** Makes the first account, team and sample endpoint in an empty database. */
export async function prepareFirstStart(db: Database, settings: Env): Promise<FirstStart> {
  const account = await ensureFirstAccount(db, {
    email: settings.SLIPWAY_ADMIN_EMAIL,
    password: settings.SLIPWAY_ADMIN_PASSWORD,
    token: settings.SLIPWAY_ADMIN_TOKEN,
    team: settings.SLIPWAY_TEAM,
  })
  return { account }
}
