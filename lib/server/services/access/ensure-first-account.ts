import { eq, sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/access/actor'
import type { Database, Queryable } from '@/lib/server/db/client'
import { memberships } from '@/lib/server/db/schema/memberships'
import { teams } from '@/lib/server/db/schema/teams'
import { users } from '@/lib/server/db/schema/users'
import { recordAudit } from '../record-audit'
import { issueToken } from './issue-token'
import { generatePassword, hashPassword } from './password'

export const FIRST_ACCOUNT_EMAIL = 'admin@slipway.local'

export type FirstAccountInput = {
  email?: string | undefined
  password?: string | undefined
  /** Becomes a `write` token of the account. */
  token?: string | undefined
  /** The first team's slug. */
  team: string
}

export type FirstAccount =
  | { created: false }
  | {
      created: true
      userId: string
      teamId: string
      team: string
      email: string
      /** Only where it was generated: to be shown once. */
      generatedPassword: string | null
    }

/**
 * Makes the first account and its team when the database has no account yet. Of several programs that start at
 * once one makes it, the others find it.
 */
export async function ensureFirstAccount(db: Database, input: FirstAccountInput): Promise<FirstAccount> {
  const [existing] = await db.select({ id: users.id }).from(users).limit(1)
  if (existing) return { created: false }
  const generated = input.password === undefined ? generatePassword() : null
  const passwordHash = await hashPassword(generated ?? input.password ?? '')
  return db.transaction(async tx => {
    await tx.execute(sql`lock table users in exclusive mode`)
    const [other] = await tx.select({ id: users.id }).from(users).limit(1)
    if (other) return { created: false }
    const account = await makeAccount(tx, input, passwordHash)
    return { created: true, ...account, team: input.team, generatedPassword: generated }
  })
}

async function makeAccount(tx: Queryable, input: FirstAccountInput, passwordHash: string) {
  const email = (input.email ?? FIRST_ACCOUNT_EMAIL).trim().toLowerCase()
  const [user] = await tx.insert(users).values({ email, name: 'Admin', passwordHash }).returning()
  await tx.insert(teams).values({ slug: input.team, name: input.team }).onConflictDoNothing()
  const [team] = await tx.select().from(teams).where(eq(teams.slug, input.team))
  if (!user || !team) throw new Error('The first account was not written.')
  await tx.insert(memberships).values({ teamId: team.id, userId: user.id, role: 'owner' })
  const actor = systemActor('first start', 'first-start')
  await recordAudit(tx, actor, {
    teamId: team.id,
    action: 'user.create',
    objectKind: 'user',
    objectId: user.id,
    objectName: email,
    change: { role: 'owner', team: team.slug },
  })
  if (input.token !== undefined)
    await issueToken(tx, actor, {
      teamId: team.id,
      userId: user.id,
      name: 'SLIPWAY_ADMIN_TOKEN',
      scope: 'write',
      text: input.token,
    })
  return { userId: user.id, teamId: team.id, email }
}
