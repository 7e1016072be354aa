import { and, eq, isNull } from 'drizzle-orm'
import { describe } from 'vitest'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { revisions } from '@/lib/server/db/schema/revisions'
import { testDataDir } from '@/lib/testing/data-dir'
import { endpointContract } from '@/lib/testing/endpoint-contract'
import { FaultProxy } from '@/lib/testing/fault-proxy'
import { HF_DIALECT } from '@/lib/testing/hf-dialect'
import { hubSpec } from '@/lib/testing/hub-spec'
import { marksOf } from '@/lib/testing/marks'
import { startServingSlipway } from '@/lib/testing/serving-slipway'
import { createHuggingfaceProvider } from './provider'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'

const splitTag = (tag: string): [string, string] => {
  const [name = '', value = ''] = tag.split(/:(.*)/s)
  return [name, value]
}

describe('the contract of providers that roll out by themselves, on a second Slipway', () => {
  endpointContract(HF_DIALECT, async () => {
    const elsewhere = await startServingSlipway()
    const faults = await new FaultProxy(elsewhere.url).start()
    const token = await elsewhere.token('write')
    const account = {
      namespace: elsewhere.team.slug,
      token,
      apiUrl: faults.url,
      hubUrl: faults.url,
      portalId: 'contract',
      allowedHosts: ['127.0.0.1'],
    }
    return {
      another: () => createHuggingfaceProvider(account, { retryMs: 5, logPollMs: 50, timeoutMs: 5_000 }),
      specWith: hubSpec,
      ask: (address, route, as) =>
        fetch(`${address}${route}`, as === 'nobody' ? {} : { headers: { authorization: `Bearer ${token}` } }),
      names: async () => {
        const rows = await elsewhere.db.select().from(endpoints).where(isNull(endpoints.removedAt))
        return rows.filter(row => row.desired !== 'absent').map(row => row.name)
      },
      marks: async () => {
        const rows = await elsewhere.db
          .select({ spec: revisions.spec })
          .from(endpoints)
          .innerJoin(
            revisions,
            and(eq(revisions.endpointId, endpoints.id), eq(revisions.number, endpoints.revision)),
          )
          .where(isNull(endpoints.removedAt))
        return rows.map(({ spec }) => marksOf(spec.advanced.tags.map(splitTag)))
      },
      countReplicas: elsewhere.countReplicas,
      faults,
      dispose: async () => {
        await faults.stop()
        await elsewhere.stop()
      },
    }
  })
})
