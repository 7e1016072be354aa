import { describe, expect, it } from 'vitest'
import { prepareNative } from '@/lib/domain/analytics/prepare-native'
import { ProviderError } from '@/lib/server/providers/port'
import { FakeProvider } from '@/lib/testing/fake-provider'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { nativeChartsOf } from './native-charts'

const buckets = { fromMs: 0, toMs: 40_000, stepSeconds: 10, count: 4 }
const read = (provider: FakeProvider | undefined) =>
  nativeChartsOf(provider, { endpointId: 'e', endpointName: 'fast' }, buckets, 35_000)

function measuring(): FakeProvider {
  const provider = new FakeProvider()
  provider.capabilities = { ...provider.capabilities, nativeMetrics: true }
  provider.measured = [
    {
      title: 'Requests per minute',
      unit: 'count',
      series: [
        {
          name: 'all',
          points: [
            { atMs: 0, value: 2 },
            { atMs: 5_000, value: 4 },
            { atMs: 10_000, value: null },
            { atMs: 30_000, value: 7 },
            { atMs: 90_000, value: 9 },
          ],
        },
      ],
    },
  ]
  return provider
}

describe('a provider’s own metrics', () => {
  it('stand in our buckets under the provider’s name, with gaps where it has none', async () => {
    const charts = expectOk(await read(measuring()))
    expect(charts).toMatchObject({
      source: 'This machine',
      charts: [{ title: 'Requests per minute', series: [{ name: 'all', values: [3, null, null, 7] }] }],
    })
    const prepared = prepareNative(charts, 0)
    expect(prepared).toMatchObject({ domain: [0, 40_000], unfinishedMs: 30_000, empty: false })
    expect(prepared.points.map(point => point.all)).toEqual([3, null, null, 7])
  })

  it('have no source where the provider measures nothing itself, or there is none', async () => {
    for (const provider of [new FakeProvider(), undefined])
      expect(expectOk(await read(provider))).toMatchObject({ source: null, charts: [] })
  })

  it('fail with the provider’s sentence', async () => {
    const provider = measuring()
    provider.fault = () => Promise.reject(new ProviderError('rate_limited', 'Too many calls. Wait a minute.'))
    const refused = await read(provider)
    expect(codeOf(refused)).not.toBe('ok')
    expect(refused).toMatchObject({ error: { message: 'Too many calls. Wait a minute.' } })
  })
})
