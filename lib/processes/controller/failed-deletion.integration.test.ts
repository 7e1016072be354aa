import { expect, it, onTestFinished } from 'vitest'
import { listEndpointsInput } from '@/lib/domain/endpoint/inputs'
import type { Engine } from '@/lib/domain/endpoint/spec'
import { createAzureProvider } from '@/lib/server/providers/azure-ml/provider'
import { createSagemakerProvider } from '@/lib/server/providers/sagemaker/provider'
import { listEndpoints } from '@/lib/server/services/endpoints/list-endpoints'
import { makePerson } from '@/lib/testing/access'
import { startAwsPlace } from '@/lib/testing/aws/place'
import { sagemakerSpec } from '@/lib/testing/aws/spec'
import { azureSpec, startAzurePlace } from '@/lib/testing/azure/place'
import { startTestController } from '@/lib/testing/controller'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { insertEndpoint, readEndpoint, setDesired, teamOf } from '@/lib/testing/endpoint'
import { hasPython } from '@/lib/testing/pinned-python'
import { WAIT } from '@/lib/testing/portal'
import { expectOk, withScaling } from '@/lib/testing/specs'

testDataDir()
const test = testDatabase()

/** With this, and at Azure a container of one's own, there is one of each piece. */
const RANGE = { minReplicas: 1, maxReplicas: 3, requestsPerMinute: 60 }

async function sagemaker() {
  const { account, edge, names } = await startAwsPlace()
  const provider = createSagemakerProvider(account)
  const deny = (pieces: readonly string[]) => {
    edge.fate = ({ path }) => {
      const piece = pieces.find(each => path === `/${each.split(':')[1]}`)
      const error = `AccessDeniedException: The user is not authorized to perform: ${piece}`
      return piece ? { status: 400, error } : 'pass'
    }
  }
  return { provider, spec: withScaling(sagemakerSpec(), RANGE), deny, names, stop: () => edge.stop() }
}

async function azure() {
  const { account, edge, names } = await startAzurePlace()
  const provider = createAzureProvider(account)
  const engine: Engine = {
    kind: 'container',
    image: 'ghcr.io/org/server:1',
    port: 8000,
    healthRoute: '/health',
    command: [],
    args: [],
  }
  const plain = azureSpec()
  const spec = withScaling({ ...plain, advanced: { ...plain.advanced, engine } }, RANGE)
  const deny = (pieces: readonly string[]) => edge.rbac.take(...pieces)
  return { provider, spec, deny, names, stop: () => edge.stop() }
}

const WORKSPACE = 'Microsoft.MachineLearningServices/workspaces'
const PLACES = [
  {
    at: 'Azure',
    start: azure,
    pieces: [
      `${WORKSPACE}/onlineEndpoints/delete`,
      'Microsoft.Insights/autoscaleSettings/delete',
      `${WORKSPACE}/environments/versions/delete`,
    ],
  },
  {
    at: 'SageMaker',
    start: sagemaker,
    pieces: [
      'sagemaker:DeleteEndpoint',
      'application-autoscaling:DeregisterScalableTarget',
      'sagemaker:DeleteModel',
      'sagemaker:DeleteEndpointConfig',
      'logs:DeleteLogGroup',
    ],
  },
]

/** As somebody of its team has it in the list. */
async function lookerAt(id: string) {
  const team = await teamOf(test.db, id)
  const { ctx } = await makePerson(test.db, team, 'viewer')
  const input = listEndpointsInput.parse({ team: team.slug })
  return async () => expectOk(await listEndpoints(ctx, input)).items.find(item => item.id === id)
}

it.each(PLACES.filter(({ at }) => at !== 'SageMaker' || hasPython()))(
  'each piece at $at that may not be deleted is told, and tried again until nothing is left',
  async ({ start, pieces }) => {
    const { provider, spec, deny, names, stop } = await start()
    onTestFinished(stop)
    const { db } = test
    const id = await insertEndpoint(db, spec)
    const listed = await lookerAt(id)
    const controller = startTestController(db, provider, { providerTimeoutMs: 20_000, retryLimitMs: 100 })
    onTestFinished(() => controller.stop({ halt: [] }))
    // Running, and scaled.
    await expect.poll(async () => (await readEndpoint(db, id)).settled !== null, WAIT).toBe(true)

    deny(pieces)
    await setDesired(db, id, 'absent')
    for (const [index, piece] of pieces.entries()) {
      const told = expect.stringMatching(new RegExp(`^Deleting failed, trying again: .*Add ${piece} to `))
      await expect.poll(listed, WAIT).toMatchObject({ errorMessage: told })
      expect(await names()).toHaveLength(1)
      deny(pieces.slice(index + 1))
    }
    await expect.poll(listed, WAIT).toBeUndefined()
    expect(await names()).toEqual([])
  },
  300_000,
)
