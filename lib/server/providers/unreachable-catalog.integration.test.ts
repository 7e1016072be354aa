import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEYS, REGION, ROLE_ARN } from '@/lib/testing/aws/edge'
import { APP, PLACE } from '@/lib/testing/azure/edge'
import { createAzureProvider } from './azure-ml/provider'
import { createHuggingfaceProvider } from './huggingface/provider'
import { createSagemakerProvider } from './sagemaker/provider'

const AROUND = { portalId: 'unreachable', allowedHosts: ['127.0.0.1'] }
const { tenantId, ...secret } = APP
const QUICK = { retryMs: 5 }

const PROVIDERS = {
  'Hugging Face': (url: string) =>
    createHuggingfaceProvider(
      { ...AROUND, apiUrl: url, hubUrl: url, namespace: 'acme', token: 'hf_x' },
      QUICK,
    ),
  AWS: (url: string) =>
    createSagemakerProvider(
      { ...AROUND, region: REGION, roleArn: ROLE_ARN, keys: KEYS, baseUrl: url },
      { tries: 2 },
    ),
  Azure: (url: string) => createAzureProvider({ ...AROUND, ...PLACE, tenantId, secret, baseUrl: url }, QUICK),
}

describe.each(Object.entries(PROVIDERS))('hardware of %s', (_, providerAt) => {
  const silent = createServer(() => {})
  beforeAll(() => new Promise<void>(done => silent.listen(0, '127.0.0.1', done)))
  afterAll(() => {
    silent.closeAllConnections()
    silent.close()
  })

  it.each([
    ['where nobody listens', () => 1, 60_000, /cannot be reached from here\.$/],
    ['where nobody answers', () => (silent.address() as AddressInfo).port, 500, /did not answer in time\.$/],
  ])('is that of a dated table of our own %s', async (_, port, patienceMs, reason) => {
    const provider = providerAt(`http://127.0.0.1:${port()}`)
    const { builtin, instanceTypes } = await provider.catalog(AbortSignal.timeout(patienceMs))
    expect(builtin?.asOf).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(builtin?.reason).toMatch(reason)
    expect(instanceTypes.length).toBeGreaterThan(20)
  })
})
