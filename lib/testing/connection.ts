import { randomUUID } from 'node:crypto'
import type { ConnectionSettings } from '@/lib/domain/connections/connection'
import type { Queryable } from '@/lib/server/db/client'
import { connections } from '@/lib/server/db/schema/connections'
import { sealConnectionSecrets } from '@/lib/server/services/connections/connection-row'
import type { TestTeam } from './access'

/** A connection as it is kept, without the portal's test of it. */
export async function insertConnection(
  db: Pick<Queryable, 'insert'>,
  team: TestTeam,
  settings: ConnectionSettings,
  token = 'hf_stored_token',
): Promise<string> {
  const id = randomUUID()
  const sealedSecrets = sealConnectionSecrets(id, { token })
  await db.insert(connections).values({ id, teamId: team.id, name: 'Stored', settings, sealedSecrets })
  return id
}
