import { describe } from 'vitest'
import { AZURE_DIALECT } from '@/lib/testing/azure/dialect'
import { azureSpec, startAzurePlace } from '@/lib/testing/azure/place'
import { endpointContract } from '@/lib/testing/endpoint-contract'
import { createAzureProvider } from './provider'

describe('the contract of providers that roll out by themselves, on a stand-in for Azure', () => {
  endpointContract(AZURE_DIALECT, async () => {
    const { edge, account, names, marks, ask } = await startAzurePlace()
    return {
      another: () => createAzureProvider(account, { logPollMs: 50, retryMs: 5, timeoutMs: 10_000 }),
      specWith: azureSpec,
      ask,
      names,
      marks,
      countReplicas: async () => edge.workspace.livingInstances,
      faults: edge,
      dispose: () => edge.stop(),
    }
  })
})
