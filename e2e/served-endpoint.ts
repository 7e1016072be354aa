import { setTimeout } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { closeDatabase, type Database, openDatabase } from '@/lib/server/db/client'
import { startEmbedded } from '@/lib/server/db/embedded/server'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicas as replicaRows } from '@/lib/server/db/schema/replicas'
import { teams } from '@/lib/server/db/schema/teams'
import { tokens } from '@/lib/server/db/schema/tokens'
import { makePerson, makeToken } from '@/lib/testing/access'
import { EchoReplica } from '@/lib/testing/echo-replica'
import { insertServingEndpoint, type TestEndpoint } from '@/lib/testing/serving-endpoint'
import type { Product } from './product'

/** Whoever holds an endpoint's lease acts on it: the test does, so the product's controller leaves it alone. */
const HOLDER = 'browser-test'
const ROUTED_WITHIN_MS = 20_000

export type ServedEndpoint = TestEndpoint & {
  db: Database
  url: string
  /** May call it; named like the endpoint. */
  token: { id: string; text: string }
  /** The one of revision 1 and the one of revision 2. */
  replicas: readonly [EchoReplica, EchoReplica]
  /** As the controller leaves the row once nothing runs any more. */
  markDeleted: () => Promise<void>
  end: () => Promise<void>
}

/**
 * An endpoint of the product under test whose replicas are the test's own: the real gateway routes real requests to
 * them, and each request chooses by its path how it is answered.
 */
export async function serveEndpoint(product: Product): Promise<ServedEndpoint> {
  const { url } = await startEmbedded({ dataDir: product.dataDir })
  const db = openDatabase(url, { max: 2, applicationName: HOLDER })
  const replicas = [await new EchoReplica().start(), await new EchoReplica().start()] as const
  const team = await teamOf(db, product.team)
  const person = await makePerson(db, team)
  const { text, tokenId } = await makeToken(db, team, person, 'infer')
  const endpoint = await insertServingEndpoint(db, team, {
    replicas: replicas.map(({ address }, index) => ({ address, revision: index + 1 })),
    heldBy: HOLDER,
  })
  await waitUntilRouted(product, endpoint.name, replicas.length)
  await db.update(tokens).set({ name: endpoint.name }).where(eq(tokens.id, tokenId))
  const markDeleted = () =>
    db.transaction(async tx => {
      await tx
        .update(endpoints)
        .set({ removedAt: new Date(), desired: 'absent', state: 'paused', leaseHolder: null })
        .where(eq(endpoints.id, endpoint.id))
      await tx
        .update(replicaRows)
        .set({ logsEndedAt: new Date() })
        .where(eq(replicaRows.endpointId, endpoint.id))
      await notify(tx, 'endpoints')
    })
  return {
    ...endpoint,
    db,
    url: `${product.gatewayUrl}${endpoint.path}`,
    token: { id: tokenId, text },
    replicas,
    markDeleted,
    end: async () => {
      await markDeleted()
      await Promise.all([...replicas.map(replica => replica.stop()), closeDatabase(db)])
    },
  }
}

/** The gateway hears of an endpoint a moment later. Its metrics say when, and asking them counts as no request. */
async function waitUntilRouted(product: Product, name: string, replicas: number): Promise<void> {
  const headers = { authorization: `Bearer ${product.admin.token}` }
  const isReady = new RegExp(`^slipway_replicas_ready\\{.*"${name}".*\\} ${replicas}$`, 'm')
  const deadline = Date.now() + ROUTED_WITHIN_MS
  for (;;) {
    const response = await fetch(`${product.gatewayUrl}/metrics`, { headers })
    const text = await response.text()
    if (isReady.test(text)) return
    if (Date.now() > deadline)
      throw new Error(`The gateway does not know ${name}: ${response.status} ${text}`)
    await setTimeout(50)
  }
}

async function teamOf(db: Database, slug: string) {
  const [team] = await db.select({ id: teams.id, slug: teams.slug }).from(teams).where(eq(teams.slug, slug))
  if (!team) throw new Error(`The product has no team ${slug}.`)
  return team
}
