import { eq } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { settings } from '@/lib/server/db/schema/settings'
import { deriveKey } from '@/lib/server/secrets/key'
import { StartFailure } from './start-failure'

const NAME = 'sealing-key-fingerprint'

/**
 * Refuses a key that did not seal this database's secrets: every endpoint would fail later, each in its own way.
 * The fingerprint is derived one-way; it gives nothing of the key away.
 */
export async function checkSealingKey(db: Database): Promise<void> {
  const fingerprint = deriveKey('fingerprint')
  await db.insert(settings).values({ key: NAME, value: fingerprint }).onConflictDoNothing()
  const [stored] = await db.select().from(settings).where(eq(settings.key, NAME))
  if (stored?.value === fingerprint) return
  throw new StartFailure(
    'The secrets in this database were sealed with another key. Put back the secret.key that belongs to it ' +
      '(in the data directory), or set SLIPWAY_SECRET_KEY to that key.',
  )
}
