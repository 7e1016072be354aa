import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { hubSpec } from '@/lib/testing/hub-spec'
import { PrivateHf } from '@/lib/testing/private-hf'
import { wishOf } from '@/lib/testing/wished-endpoint'
import { createHuggingfaceProvider } from './provider'

let hf: PrivateHf
beforeAll(async () => {
  hf = await new PrivateHf().start()
})
afterAll(() => hf?.stop())

const link = {
  kind: 'huggingface' as const,
  awsAccount: '123456789012',
  isShared: true,
  entryRegion: 'eu-west-1' as const,
}
const base = hubSpec()
const scaling = { minReplicas: 1, maxReplicas: 3, scaleToZeroTimeoutMinutes: null }
const specWith = (changes: Partial<EndpointSpec['hardware']['scaling']>): EndpointSpec => ({
  ...base,
  hardware: {
    ...base.hardware,
    region: 'us-east-1',
    instanceType: 'aws-us-east-1-intel-spr-x1',
    scaling: { ...scaling, ...changes },
  },
  network: { private: { link, calls: { by: 'direct' } } },
})

test('a private link is asked for when an endpoint is made, and its service told; a measure with every change', async () => {
  const account = {
    namespace: 'acme',
    token: 'hf_test',
    apiUrl: hf.url,
    hubUrl: hf.url,
    portalId: 'private',
    allowedHosts: ['127.0.0.1'],
  }
  const provider = createHuggingfaceProvider(account, { retryMs: 5 })
  const wish = wishOf(specWith({ measure: { of: 'pendingRequests', threshold: 2 } }))
  await provider.apply(wish)
  expect(hf.sent.at(-1)).toMatchObject({
    method: 'POST',
    body: {
      type: 'private',
      privateService: { accountId: '123456789012', shared: true, region: 'eu-west-1' },
      compute: { scaling: { measure: { pendingRequests: 2 } } },
    },
  })
  expect(await provider.observe(wish)).toMatchObject({
    state: 'running',
    privateService: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0',
    address: expect.stringContaining('endpoints.invalid'),
  })
  await provider.apply({ ...wish, revision: 2, spec: specWith({}) })
  const { method, body } = hf.sent.at(-1) ?? { method: '', body: {} }
  expect(method).toBe('PUT')
  expect(body).not.toHaveProperty('privateService')
  expect(body).toMatchObject({ compute: { scaling: { measure: null } } })
})
