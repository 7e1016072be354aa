import { asc, eq, inArray } from 'drizzle-orm'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { NO_CAPABILITIES } from '@/lib/domain/hardware/capabilities'
import type { CatalogView } from '@/lib/domain/hardware/catalog'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import type { Queryable } from '@/lib/server/db/client'
import { connections } from '@/lib/server/db/schema/connections'
import { type Provider, ProviderError } from '@/lib/server/providers/port'
import { availableProviders } from '@/lib/server/providers/registry'
import type { ConnectionRow } from '../connections/connection-row'
import { providerOfConnection } from '../connections/provider-source'
import { CatalogCache, type CatalogEntry } from './catalog-cache'

type Reader = Pick<Queryable, 'select'>
type Connected = { provider: Provider; connection: { id: string; name: string } | null }

const cache = new CatalogCache()

/** What every provider offers a team now: those that need no account, and one entry per connection. */
export async function readCatalog(db: Reader, teamId: string): Promise<CatalogView> {
  const rows = await db
    .select()
    .from(connections)
    .where(eq(connections.teamId, teamId))
    .orderBy(asc(connections.createdAt), asc(connections.id))
  return { providers: await Promise.all([...ownEntries(), ...rows.map(entryOfRow)]) }
}

/** What this installation offers everybody. */
export const readOwnCatalog = async (): Promise<CatalogView> => ({
  providers: await Promise.all(ownEntries()),
})

/** Instance types of a place by their id there. */
export type FindType = (at: Hardware) => InstanceType | undefined
type Hardware = Pick<EndpointSpec['hardware'], 'provider' | 'connection' | 'instanceType'>

/** Finds the instance types of these specs; asks only where they run. */
export async function instanceTypesOf(db: Reader, specs: readonly EndpointSpec[]): Promise<FindType> {
  const ids = [...new Set(specs.flatMap(({ hardware }) => hardware.connection ?? []))]
  const rows = ids.length === 0 ? [] : await db.select().from(connections).where(inArray(connections.id, ids))
  return findTypeIn({ providers: await Promise.all([...ownEntries(), ...rows.map(entryOfRow)]) })
}

export function findTypeIn({ providers }: CatalogView): FindType {
  const keyOf = (kind: string, connectionId: string | null, id: string) => `${connectionId ?? kind} ${id}`
  const types = new Map(
    providers.flatMap(({ kind, connection, instanceTypes }) =>
      instanceTypes.map(type => [keyOf(kind, connection?.id ?? null, type.id), type] as const),
    ),
  )
  return ({ provider, connection, instanceType }) => types.get(keyOf(provider, connection, instanceType))
}

const ownEntries = (): Promise<CatalogEntry>[] =>
  availableProviders().map(provider => entryOf({ provider, connection: null }))

/** An account whose token cannot be opened is listed with the reason. */
async function entryOfRow(row: ConnectionRow): Promise<CatalogEntry> {
  const connection = { id: row.id, name: row.name }
  try {
    return await entryOf({ provider: providerOfConnection(row), connection })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const { kind } = row.settings
    return { ...emptyEntry(kind, row.name, connection), problem: error.message }
  }
}

async function entryOf({ provider, connection }: Connected): Promise<CatalogEntry> {
  const { kind, capabilities } = provider
  const offer = await cache.read(provider)
  const label = connection?.name ?? PROVIDER_LABELS[kind]
  return { ...emptyEntry(kind, label, connection), capabilities: { ...capabilities }, ...offer }
}

const emptyEntry = (
  kind: CatalogEntry['kind'],
  label: string,
  connection: Connected['connection'],
): CatalogEntry => ({
  kind,
  label,
  connection,
  capabilities: NO_CAPABILITIES,
  regions: [],
  instanceTypes: [],
  builtin: null,
  problem: null,
})
