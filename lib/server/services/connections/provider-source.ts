import { eq } from 'drizzle-orm'
import { connectionSettings } from '@/lib/domain/connections/connection'
import type { ProviderKind } from '@/lib/domain/hardware/provider'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import type { Queryable } from '@/lib/server/db/client'
import { connections } from '@/lib/server/db/schema/connections'
import { createLogger } from '@/lib/server/logger'
import { type Provider, ProviderError } from '@/lib/server/providers/port'
import { availableProviders, connectedProvider, providerOf } from '@/lib/server/providers/registry'
import { type ConnectionRow, openConnectionSecrets } from './connection-row'
import { providerSurroundings } from './surroundings'

/** Where an endpoint runs: a kind, and the account where the kind needs one. */
export type Place = { provider: ProviderKind; connectionId: string | null }

/** Finds the provider of a place, and all there are. */
export type ProviderSource = {
  /** @throws ProviderError where there is none, or its secrets cannot be opened. */
  of: (place: Place) => Promise<Provider>
  all: () => Promise<Provider[]>
}

type Reader = Pick<Queryable, 'select'>
type Stored = Pick<ConnectionRow, 'id' | 'name' | 'settings' | 'sealedSecrets' | 'version'>

const made = new Map<string, { version: number; provider: Provider }>()

/** Made once per connection and process, anew when settings or secrets changed. @throws ProviderError */
export function providerOfConnection(row: Stored): Provider {
  const known = made.get(row.id)
  if (known?.version === row.version) return known.provider
  const secrets = openConnectionSecrets(row)
  if (!secrets.ok) throw new ProviderError('credentials', secrets.error.message)
  const logger = createLogger('provider').child({ connection: row.id })
  const provider = connectedProvider(connectionSettings.parse(row.settings), secrets.data, {
    ...providerSurroundings(),
    log: call => logger[call.status !== null && call.status < 500 ? 'debug' : 'warn'](call, 'provider call'),
  })
  made.set(row.id, { version: row.version, provider })
  return provider
}

export const providerSource = (db: Reader): ProviderSource => ({
  of: place => findProvider(db, place),
  all: async () => {
    const rows = await db.select().from(connections)
    return [...availableProviders(), ...rows.flatMap(usable)]
  },
})

async function findProvider(db: Reader, { provider: kind, connectionId }: Place): Promise<Provider> {
  const own = providerOf(kind)
  if (own) return own
  const [row] =
    connectionId === null ? [] : await db.select().from(connections).where(eq(connections.id, connectionId))
  if (row) return providerOfConnection(row)
  throw new ProviderError(
    'credentials',
    `There is no connection to ${PROVIDER_LABELS[kind]} for this endpoint.`,
  )
}

/** One whose secrets cannot be opened is told where it is needed; it must not hide the others. */
function usable(row: Stored): Provider[] {
  try {
    return [providerOfConnection(row)]
  } catch {
    return []
  }
}
