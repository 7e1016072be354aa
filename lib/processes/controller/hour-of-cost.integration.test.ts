import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { createAzureProvider } from '@/lib/server/providers/azure-ml/provider'
import { createHuggingfaceProvider } from '@/lib/server/providers/huggingface/provider'
import type { EndpointProvider } from '@/lib/server/providers/port'
import { createSagemakerProvider } from '@/lib/server/providers/sagemaker/provider'
import { getTeamAnalytics } from '@/lib/server/services/analytics/get-team-analytics'
import { makePerson } from '@/lib/testing/access'
import { startAwsPlace } from '@/lib/testing/aws/place'
import { sagemakerSpec } from '@/lib/testing/aws/spec'
import { azureSpec, startAzurePlace } from '@/lib/testing/azure/place'
import { startTestController } from '@/lib/testing/controller'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import {
  insertEndpoint,
  insertRevision,
  readEndpoint,
  readReplicas,
  setDesired,
  teamOf,
} from '@/lib/testing/endpoint'
import { hubSpec } from '@/lib/testing/hub-spec'
import { hasPython } from '@/lib/testing/pinned-python'
import { WAIT } from '@/lib/testing/portal'
import { startServingSlipway } from '@/lib/testing/serving-slipway'
import { expectOk, withScaling } from '@/lib/testing/specs'
import { StoppedClock } from '@/lib/testing/stopped-clock'

testDataDir()
process.env.SLIPWAY_LOCAL_USD_PER_CPU_HOUR = '1.37'
const test = testDatabase()
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

type Place = { provider: EndpointProvider; spec: EndpointSpec; stop: () => Promise<void> }

async function huggingface(): Promise<Place> {
  const slipway = await startServingSlipway()
  const account = {
    apiUrl: slipway.url,
    hubUrl: slipway.url,
    namespace: slipway.team.slug,
    token: await slipway.token('write'),
    portalId: 'hours',
    allowedHosts: ['127.0.0.1'],
  }
  return { provider: createHuggingfaceProvider(account), spec: hubSpec(), stop: slipway.stop }
}

async function sagemaker(): Promise<Place> {
  const { account, edge } = await startAwsPlace()
  return { provider: createSagemakerProvider(account), spec: sagemakerSpec(), stop: () => edge.stop() }
}

async function azure(): Promise<Place> {
  const { account, edge } = await startAzurePlace()
  return { provider: createAzureProvider(account), spec: azureSpec(), stop: () => edge.stop() }
}

const scaled = (spec: EndpointSpec, replicas: number) =>
  withScaling(spec, { minReplicas: replicas, maxReplicas: replicas })

let clock: StoppedClock
beforeAll(async () => {
  clock = await StoppedClock.start(test.url)
})
afterAll(() => clock?.stop())

const living = async (id: string) =>
  (await readReplicas(test.db, id)).filter(({ stoppedAt }) => stoppedAt === null).map(({ state }) => state)
const runs = (id: string, replicas: number) =>
  expect.poll(() => living(id), WAIT).toEqual(Array.from({ length: replicas }, () => 'running'))

async function costOf(id: string): Promise<number | null | undefined> {
  const team = await teamOf(test.db, id)
  const { ctx } = await makePerson(test.db, team)
  const { items } = expectOk(await getTeamAnalytics(ctx, { team: team.slug, range: '24h' }))
  return items.find(item => item.id === id)?.costUsd
}

const STARTING = 300_000

it.each([
  // Behind its API is this machine, which may have no more than two CPUs.
  { at: 'Hugging Face', start: huggingface, priceUsdPerHour: 1.37, most: 2 },
  // moto needs Python.
  ...(hasPython() ? [{ at: 'SageMaker', start: sagemaker, priceUsdPerHour: 0.23, most: 3 }] : []),
  { at: 'Azure', start: azure, priceUsdPerHour: 0.293, most: 3 },
])(
  'an hour at $at costs what the minutes of its replicas cost, to the cent',
  async ({ start, priceUsdPerHour, most }) => {
    const { provider, spec, stop } = await start()
    onTestFinished(stop)
    const { db } = clock
    const beginMs = Date.now() - 2 * HOUR_MS
    const atMinute = (minute: number) => clock.setTo(new Date(beginMs + minute * MINUTE_MS))

    await atMinute(0)
    const id = await insertEndpoint(db, scaled(spec, 1))
    const controller = startTestController(db, provider, { providerTimeoutMs: 20_000 })
    onTestFinished(() => controller.stop({ halt: [] }))
    await runs(id, 1)
    await atMinute(10)
    await insertRevision(db, id, scaled(spec, most))
    await runs(id, most)
    await atMinute(30)
    await setDesired(db, id, 'paused')
    await runs(id, 0)
    await atMinute(45)
    await insertRevision(db, id, scaled(spec, 1))
    await setDesired(db, id, 'present')
    await runs(id, 1)
    await atMinute(60)
    await setDesired(db, id, 'absent')
    await expect.poll(async () => (await readEndpoint(db, id)).removedAt, WAIT).not.toBeNull()

    const minutes = 10 + 20 * most + 15
    expect(await costOf(id)).toBeCloseTo((minutes / 60) * priceUsdPerHour, 6)
  },
  STARTING,
)
