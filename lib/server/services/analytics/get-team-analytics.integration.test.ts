import { randomUUID } from 'node:crypto'
import { inArray } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicaIntervals } from '@/lib/server/db/schema/replica-intervals'
import { replicas } from '@/lib/server/db/schema/replicas'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { makePerson, makeTeam } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { codeOf, expectOk, sampleSpec } from '@/lib/testing/specs'
import { createEndpoint } from '../endpoints/create-endpoint'
import { getTeamAnalytics } from './get-team-analytics'

const test = testDatabase()
const HOUR_MS = 3_600_000

async function writeRequests(endpointId: string, statusCounts: Record<string, number>, us: number) {
  const requests = Object.values(statusCounts).reduce((sum, count) => sum + count, 0)
  const total = new Sketch()
  total.add(us, requests)
  await test.db.insert(requestRollups).values({
    resolution: 10,
    windowStart: new Date(Math.floor((Date.now() - 30_000) / 10_000) * 10_000),
    endpointId,
    revision: 0,
    replicaId: MERGED_UUID,
    status: 0,
    processId: 'gateway-1',
    requests,
    statusCounts,
    bytesIn: 0,
    bytesOut: 0,
    tokensIn: 0,
    tokensOut: 0,
    total: Buffer.from(total.encode()),
  })
}

async function writeReplica(endpointId: string, hours: number, priceUsdPerHour: number | null) {
  const id = randomUUID()
  await test.db.insert(replicas).values({ id, endpointId, revision: 1, name: 'r1-1', state: 'running' })
  await test.db.insert(replicaIntervals).values({
    endpointId,
    replicaId: id,
    state: 'running',
    startedAt: new Date(Date.now() - hours * HOUR_MS),
    instanceType: 'x',
    priceUsdPerHour,
  })
}

describe('a team’s endpoints side by side', () => {
  it('show requests, errors, p95, cost and idle hours of each; no price is not a price of zero', async () => {
    const team = await makeTeam(test.db)
    const owner = await makePerson(test.db, team)
    const make = async (name: string) => {
      const input = { team: team.slug, name, spec: sampleSpec(), secrets: {}, sentType: null }
      return expectOk(await createEndpoint(owner.ctx, input)).id
    }
    const [busy, idle] = [await make('busy'), await make('idle')]
    await writeRequests(busy, { 200: 45, 500: 5, 499: 3 }, 80_000)
    await writeReplica(busy, 4, 0.5)
    await writeReplica(idle, 2, null)
    await make('new')
    const [gone, forgotten] = [await make('gone'), await make('forgotten')]
    await writeReplica(gone, 3, 1)
    await writeReplica(gone, 2, null)
    await test.db
      .update(endpoints)
      .set({ removedAt: new Date() })
      .where(inArray(endpoints.id, [gone, forgotten]))
    const { items } = expectOk(await getTeamAnalytics(owner.ctx, { team: team.slug, range: '24h' }))
    const byName = Object.fromEntries(items.map(item => [item.name, item]))
    expect(byName.busy).toMatchObject({ requests: 53, errorShare: 0.1 })
    expect(Math.abs((byName.busy?.p95Ms ?? 0) - 80)).toBeLessThanOrEqual(0.8)
    expect(byName.busy?.costUsd).toBeCloseTo(2, 2)
    expect(byName.busy?.costPer1000Usd).toBeCloseTo((2 / 53) * 1000, 0)
    // Four hours but for the five minutes in which somebody asked, however much of those has passed.
    expect(byName.busy?.idleHours).toBeGreaterThan(3.8)
    expect(byName.busy?.idleHours).toBeLessThan(4)
    expect(byName.idle).toMatchObject({ requests: 0, errorShare: null, p95Ms: null, costUsd: null })
    expect(byName.idle?.idleHours).toBeCloseTo(2, 1)
    // Deleted since, but paid for in this window; part of its time had no price.
    expect(byName.gone).toMatchObject({ id: gone, isDeleted: true, requests: 0 })
    expect(byName.gone?.costUsd).toBeCloseTo(3, 1)
    expect(byName.gone?.unpricedHours).toBeCloseTo(2, 1)
    expect(byName.busy).toMatchObject({ isDeleted: false, unpricedHours: 0 })
    expect(byName.forgotten).toBeUndefined()
    expect(byName.new).toMatchObject({ requests: 0, costUsd: null, costPer1000Usd: null, idleHours: 0 })
  })

  it('do not exist for another team', async () => {
    const team = await makeTeam(test.db)
    const stranger = await makePerson(test.db, await makeTeam(test.db))
    expect(codeOf(await getTeamAnalytics(stranger.ctx, { team: team.slug, range: '24h' }))).toBe('not_found')
  })
})
