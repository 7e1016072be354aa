import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { hardwareRollups } from '@/lib/server/db/schema/hardware-rollups'
import { replicas } from '@/lib/server/db/schema/replicas'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { makePerson, makeTeam, makeToken } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { parseOpenMetrics } from '@/lib/testing/parse-open-metrics'
import { hasPython } from '@/lib/testing/pinned-python'
import { parseWithPrometheus } from '@/lib/testing/prometheus-client/parse'
import { codeOf, expectOk, sampleSpec } from '@/lib/testing/specs'
import { createEndpoint } from '../endpoints/create-endpoint'
import { getOpenMetrics } from './get-open-metrics'
import { runRollups } from './run-rollups'

const test = testDatabase()
const windowMs = (ageMs: number) => Math.floor((Date.now() - ageMs) / 10_000) * 10_000

async function endpointWithReplica() {
  const team = await makeTeam(test.db)
  const owner = await makePerson(test.db, team)
  const { id } = expectOk(
    await createEndpoint(owner.ctx, {
      team: team.slug,
      name: 'measured',
      spec: sampleSpec(),
      secrets: {},
      sentType: null,
    }),
  )
  const replicaId = randomUUID()
  await test.db
    .insert(replicas)
    .values({ id: replicaId, endpointId: id, revision: 1, name: 'r1-1', state: 'running' })
  return { team, owner, id, replicaId, ref: { team: team.slug, endpoint: 'measured' } }
}

const rollup = (endpointId: string, replicaId: string, status: number, requests: number, ageMs: number) => {
  const sketch = new Sketch()
  sketch.add(200_000, requests)
  return {
    resolution: 10,
    windowStart: new Date(windowMs(ageMs)),
    endpointId,
    revision: status === 0 ? 0 : 1,
    replicaId,
    status,
    processId: 'gateway-1',
    requests,
    bytesIn: 0,
    bytesOut: 0,
    tokensIn: 0,
    tokensOut: 0,
    total: Buffer.from(sketch.encode()),
  }
}

describe('open-metrics of an endpoint', () => {
  it('has its families with exact counts, the same before and after a rollup', async () => {
    const { owner, id, replicaId, ref } = await endpointWithReplica()
    await test.db
      .insert(requestRollups)
      .values([
        rollup(id, replicaId, 200, 40, 2 * 3_600_000),
        rollup(id, replicaId, 200, 7, 20_000),
        rollup(id, replicaId, 500, 2, 20_000),
        rollup(id, MERGED_UUID, 503, 1, 20_000),
        rollup(id, MERGED_UUID, 0, 10, 20_000),
      ])
    await test.db.insert(hardwareRollups).values({
      resolution: 10,
      windowStart: new Date(windowMs(10_000)),
      endpointId: id,
      replicaId,
      samples: 1,
      cpuMin: 0.25,
      cpuMean: 0.25,
      cpuMax: 0.25,
      memoryMin: 1e6,
      memoryMean: 1e6,
      memoryMax: 1e6,
    })
    for (const rolled of [false, true]) {
      if (rolled) await runRollups(test.db, new Date())
      const families = parseOpenMetrics(expectOk(await getOpenMetrics(owner.ctx, ref)))
      expect(families.get('http_requests')?.samples.map(({ labels, value }) => [labels, value])).toEqual([
        [{ replica_id: '', status_code: '503' }, 1],
        [{ replica_id: replicaId, status_code: '200' }, 47],
        [{ replica_id: replicaId, status_code: '500' }, 2],
      ])
      const latency = families.get('latency_distribution')
      expect(latency?.type).toBe('summary')
      expect(latency?.samples.map(sample => sample.labels.quantile)).toEqual(['0.5', '0.9', '0.95', '0.99'])
      for (const { value } of latency?.samples ?? []) expect(Math.abs(value - 0.2)).toBeLessThan(0.002)
      expect(families.get('cpu_usage_percent')).toMatchObject({
        unit: 'percent',
        samples: [{ labels: { replica_id: replicaId }, value: 25 }],
      })
      expect(families.get('memory_usage_bytes')?.samples[0]?.value).toBe(1e6)
      expect([...families.keys()]).not.toContain('gpu_usage_percent')
    }
  })

  it.runIf(hasPython())('is read by Prometheus’ own client without complaint', async () => {
    const { owner, id, replicaId, ref } = await endpointWithReplica()
    const empty = await parseWithPrometheus(expectOk(await getOpenMetrics(owner.ctx, ref)))
    expect(empty.map(({ name, type }) => [name, type])).toEqual([['latency_distribution', 'summary']])
    await test.db
      .insert(requestRollups)
      .values([
        rollup(id, replicaId, 200, 7, 20_000),
        rollup(id, replicaId, 499, 2, 20_000),
        rollup(id, MERGED_UUID, 503, 1, 20_000),
        rollup(id, MERGED_UUID, 0, 10, 20_000),
      ])
    const families = await parseWithPrometheus(expectOk(await getOpenMetrics(owner.ctx, ref)))
    expect(families).toContainEqual({ name: 'http_requests', type: 'counter', unit: '', samples: 3 })
  })

  it('is valid for an endpoint nobody called, where latency is not a number', async () => {
    const { owner, ref } = await endpointWithReplica()
    const families = parseOpenMetrics(expectOk(await getOpenMetrics(owner.ctx, ref)))
    expect([...families.keys()]).toEqual(['latency_distribution'])
    expect(families.get('latency_distribution')?.samples[0]?.value).toBeNaN()
  })

  it('is not shown to a token of another endpoint, nor to another team at all', async () => {
    const { team, owner, ref } = await endpointWithReplica()
    const elsewhere = await makePerson(test.db, await makeTeam(test.db))
    const input = { team: team.slug, name: 'other', spec: sampleSpec(), secrets: {}, sentType: null }
    const other = expectOk(await createEndpoint(owner.ctx, input))
    const limited = await makeToken(test.db, team, owner, 'read', other.id)
    expect(codeOf(await getOpenMetrics(elsewhere.ctx, ref))).toBe('not_found')
    expect(codeOf(await getOpenMetrics(limited.ctx, ref))).toBe('forbidden')
  })
})

describe('the parser of these tests', () => {
  it.each([
    ['no end', '# TYPE a gauge\na 1\n', /EOF/],
    ['a foreign sample', '# TYPE a counter\na 1\n# EOF\n', /open family/],
    ['a sample twice', '# TYPE a gauge\na 1\na 2\n# EOF\n', /twice/],
    ['a unit not in the name', '# TYPE a gauge\n# UNIT a percent\n# EOF\n', /unit/],
    ['an open label', '# TYPE a gauge\na{x="1} 1\n# EOF\n', /Labels|sample/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseOpenMetrics(text)).toThrow(message)
  })
})
