import { closeDatabase, database } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { tokens } from '@/lib/server/db/schema/tokens'
import { makePerson, makeTeam, makeToken, type TestTeam } from './access'
import { createTestDatabase } from './database'
import { type RouteModules, serveRoutes } from './serve-routes'

const files = import.meta.glob<Awaited<ReturnType<RouteModules[string]>>>([
  '/app/v2/**/route.ts',
  '/app/v3/**/route.ts',
  '/app/api/whoami-v2/route.ts',
])
const modules: RouteModules = Object.fromEntries(
  Object.entries(files).map(([file, load]) => [file.replace(/^\/app/, '').replace('/route.ts', ''), load]),
)

/**
 * Another installation, seen through its HF-compatible API over real HTTP: what the `huggingface` provider talks to
 * in tests. Call `testDataDir()` first; the process has one such installation.
 */
export async function startSecondSlipway() {
  const place = await createTestDatabase()
  // Its routes find their database by the environment, as in the product.
  process.env.DATABASE_URL = place.url
  const team: TestTeam = await makeTeam(place.db)
  const owner = await makePerson(place.db, team, 'owner')
  const server = await serveRoutes(modules)
  return {
    db: place.db,
    databaseUrl: place.url,
    url: server.url,
    team,
    owner,
    /** A token of its owner. */
    token: async (scope: 'read' | 'infer' | 'write') => (await makeToken(place.db, team, owner, scope)).text,
    /** All of them, as by their owner. */
    revokeTokens: () =>
      place.db.transaction(async tx => {
        await tx.update(tokens).set({ revokedAt: new Date() })
        await notify(tx, 'tokens')
      }),
    stop: async () => {
      await server.close()
      await closeDatabase(database())
      await place.drop()
    },
  }
}

export type SecondSlipway = Awaited<ReturnType<typeof startSecondSlipway>>
