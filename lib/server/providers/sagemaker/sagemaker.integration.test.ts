import { describe } from 'vitest'
import { AWS_DIALECT } from '@/lib/testing/aws/dialect'
import { startAwsPlace } from '@/lib/testing/aws/place'
import { sagemakerSpec } from '@/lib/testing/aws/spec'
import { endpointContract } from '@/lib/testing/endpoint-contract'
import { hasPython } from '@/lib/testing/pinned-python'
import { createSagemakerProvider } from './provider'

describe.runIf(hasPython())('the contract of providers that roll out by themselves, on moto', () => {
  endpointContract(AWS_DIALECT, async () => {
    const { edge, account, names, marks, ask } = await startAwsPlace()
    return {
      another: () => createSagemakerProvider(account, { logPollMs: 50, logSettleMs: 0, timeoutMs: 10_000 }),
      specWith: sagemakerSpec,
      ask,
      names,
      marks,
      countReplicas: async () => edge.hosting.livingInstances,
      faults: edge,
      dispose: () => edge.stop(),
    }
  })
})
