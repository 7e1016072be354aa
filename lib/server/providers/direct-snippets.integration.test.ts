// What callers of direct-only endpoints copy, run as it is printed. AWS's front door is the tests' own, which verifies
// signatures; Azure, Entra and the Azure CLI are stand-ins; Hugging Face is another Slipway's gateway.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { SAMPLE_MODEL_DIR } from '@/lib/domain/endpoint/sample'
import { directSnippet } from '@/lib/domain/network/direct-snippet'
import { makePerson, makeTeam, makeToken } from '@/lib/testing/access'
import { AwsEdge, KEYS, REGION, ROLE_ARN } from '@/lib/testing/aws/edge'
import type { Containers } from '@/lib/testing/aws/instance'
import { sagemakerSpec } from '@/lib/testing/aws/spec'
import { APP, AzureEdge, PLACE } from '@/lib/testing/azure/edge'
import { azureSpec } from '@/lib/testing/azure/place'
import { testDatabase } from '@/lib/testing/database'
import { GatewayProcess } from '@/lib/testing/gateway'
import { startModelServer, waitUntilReady } from '@/lib/testing/model-server'
import { hasPython } from '@/lib/testing/pinned-python'
import { bundleForTests } from '@/lib/testing/programs'
import { insertServingEndpoint } from '@/lib/testing/serving-endpoint'
import { wishOf } from '@/lib/testing/wished-endpoint'
import { createAzureProvider } from './azure-ml/provider'
import type { EndpointProvider, Wish } from './port'
import { createSagemakerProvider } from './sagemaker/provider'

const run = promisify(execFile)
const SAMPLE = { HF_TASK: 'text-classification', HF_MODEL_DIR: resolve(SAMPLE_MODEL_DIR) }
const POSITIVE = [expect.objectContaining({ label: 'positive' })]
const SHELLS = ['bash', 'sh']
const accountOf = (edge: { url: string }) => ({
  baseUrl: edge.url,
  portalId: 'snippets',
  allowedHosts: ['127.0.0.1'],
})

/** As a person pastes it. */
async function paste(shell: string, script: string, env: Record<string, string>): Promise<string> {
  const whole = { NODE_ENV: 'test' as const, PATH: process.env.PATH ?? '', ...env }
  return (await run(shell, ['-c', script], { env: whole, timeout: 30_000 })).stdout
}

async function sampleContainers(): Promise<Containers> {
  const script = join(await bundleForTests(['model-server']), 'model-server.mjs')
  return () => ({ script, environment: { PATH: process.env.PATH, ...SAMPLE } })
}

/** Where it answers, once it does: a model takes long to load on a busy machine. */
const addressOf = (provider: EndpointProvider, wish: Wish): Promise<string> =>
  vi.waitFor(
    async () => {
      await provider.apply(wish)
      const seen = await provider.observe(wish)
      if (seen?.state === 'running' && seen.address) return seen.address
      throw new Error(`it is ${seen?.state}: ${seen?.errorMessage}`)
    },
    { timeout: 200_000, interval: 200 },
  )

describe.runIf(hasPython())('at AWS', () => {
  let edge: AwsEdge
  let url: string
  const keys = { AWS_ACCESS_KEY_ID: KEYS.accessKeyId, AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey }
  const snippet = (task: 'text-classification' | 'automatic-speech-recognition' = 'text-classification') =>
    directSnippet({ provider: 'sagemaker', region: REGION, url, task })

  beforeAll(async () => {
    edge = await AwsEdge.start(await sampleContainers())
    const account = { ...accountOf(edge), region: REGION, roleArn: ROLE_ARN, keys: KEYS }
    url = await addressOf(createSagemakerProvider(account), wishOf(sagemakerSpec()))
  }, 300_000)
  afterAll(() => edge?.stop())

  it.each(SHELLS)('%s signs the call by curl, of keys that last and of those of a session', async shell => {
    expect(JSON.parse(await paste(shell, snippet(), keys))).toEqual(POSITIVE)
    const session = { ...keys, AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEBYaD/+a=' }
    expect(JSON.parse(await paste(shell, snippet(), session))).toEqual(POSITIVE)
  })

  it('is refused with another secret', async () => {
    const wrong = { ...keys, AWS_SECRET_ACCESS_KEY: 'nobody’s' }
    expect(await paste('bash', snippet(), wrong)).toContain('InvalidSignatureException')
  })

  it('signs a file that is piped in; this model then says that it is none of its kind', async () => {
    expect(await paste('bash', snippet('automatic-speech-recognition'), keys)).toContain('ModelError')
  })
})

describe('at Azure', () => {
  let edge: AzureEdge
  let tools: string
  let url: string

  beforeAll(async () => {
    edge = await new AzureEdge(await sampleContainers()).start()
    tools = await mkdtemp(join(tmpdir(), 'slipway-az-'))
    const az = `#!/bin/sh\nexec "${process.execPath}" "${resolve('lib/testing/az-stand-in.mjs')}" "$@"\n`
    await writeFile(join(tools, 'az'), az, { mode: 0o755 })
    const { tenantId, ...secret } = APP
    const provider = createAzureProvider({ ...accountOf(edge), ...PLACE, tenantId, secret })
    url = await addressOf(provider, wishOf(azureSpec()))
  }, 300_000)
  afterAll(async () => {
    await edge?.stop()
    await rm(tools, { recursive: true, force: true })
  })

  it.each(SHELLS)('%s gets a token from the Azure CLI for the right resource', async shell => {
    const script = directSnippet({
      provider: 'azure-ml',
      region: PLACE.region,
      url,
      task: 'text-classification',
    })
    const environment = {
      PATH: `${tools}:${process.env.PATH}`,
      ENTRA_TOKEN_URL: `${edge.url}/${APP.tenantId}/oauth2/v2.0/token`,
      ENTRA_CLIENT_ID: APP.clientId,
      ENTRA_CLIENT_SECRET: APP.clientSecret,
    }
    expect(JSON.parse(await paste(shell, script, environment))).toEqual(POSITIVE)
    expect(await paste(shell, script.replace('//ml.azure', '//vault.azure'), environment)).toBe(
      'Unauthorized',
    )
  })
})

describe('at Hugging Face', () => {
  const database = testDatabase()
  let gateway: GatewayProcess
  let model: Awaited<ReturnType<typeof startModelServer>>

  beforeAll(async () => {
    model = await startModelServer(SAMPLE)
    await waitUntilReady(model)
    gateway = await new GatewayProcess(database.url).start()
  })
  afterAll(async () => {
    await gateway?.dispose()
    await model?.stop()
  })

  it('sends a token of the account', async () => {
    const team = await makeTeam(database.db)
    const { path } = await insertServingEndpoint(database.db, team, { replicas: [model.url] })
    const { text } = await makeToken(database.db, team, await makePerson(database.db, team), 'infer')
    const url = `${gateway.url}${path}`
    const script = directSnippet({
      provider: 'huggingface',
      region: 'us-east-1',
      url,
      task: 'text-classification',
    })
    const answer = async () => JSON.parse(await paste('sh', script, { HF_TOKEN: text }))
    await expect.poll(answer, { timeout: 20_000 }).toEqual(POSITIVE)
  })
})
