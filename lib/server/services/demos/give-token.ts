import { and, eq, isNull, ne } from 'drizzle-orm'
import { TOKEN_SECRET } from '@/lib/domain/demo/demo'
import type { Database } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { tokens } from '@/lib/server/db/schema/tokens'
import type { HfClient } from '@/lib/server/providers/huggingface/client'
import { type SpaceWish, setSecret } from '@/lib/server/providers/huggingface/spaces'
import { issueToken } from '../access/issue-token'
import type { Person } from '../access/require-person'
import type { Found } from '../endpoints/require-endpoint'
import { recordAudit } from '../record-audit'

type For = Found & { name: string }

/**
 * Makes a token for one Space and hands it over. Earlier ones of the same Space end once the new one is set; the new
 * one ends where it could not be set, so that none is left that nobody holds. @throws ProviderError
 */
export async function giveToken(
  db: Database,
  person: Person,
  { team, endpoint, name }: For,
  client: HfClient,
  wish: SpaceWish,
): Promise<void> {
  const { row, text } = await db.transaction(tx =>
    issueToken(tx, person, {
      teamId: team.id,
      userId: person.userId,
      name,
      scope: 'infer',
      purpose: 'space',
      endpointId: endpoint.id,
    }),
  )
  try {
    await setSecret(client, wish, TOKEN_SECRET, text)
  } catch (error) {
    await revoke(db, person, eq(tokens.id, row.id))
    throw error
  }
  const ofThisSpace = and(
    eq(tokens.teamId, team.id),
    eq(tokens.purpose, 'space'),
    eq(tokens.endpointId, endpoint.id),
    eq(tokens.name, name),
  )
  await revoke(db, person, and(ofThisSpace, ne(tokens.id, row.id)))
}

async function revoke(db: Database, person: Person, which: ReturnType<typeof and>): Promise<void> {
  await db.transaction(async tx => {
    const ended = await tx
      .update(tokens)
      .set({ revokedAt: new Date() })
      .where(and(which, isNull(tokens.revokedAt)))
      .returning()
    for (const { id, teamId, name } of ended)
      await recordAudit(tx, person, {
        teamId,
        action: 'token.revoke',
        objectKind: 'token',
        objectId: id,
        objectName: name,
      })
    await notify(tx, 'tokens')
  })
}
