import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe } from 'vitest'
import { localSpec, makeLocalPlace, modelServersOf } from '@/lib/testing/local-place'
import { providerContract } from '@/lib/testing/provider-contract'
import { createLocalProvider } from './provider'

describe('the provider contract on this machine', () => {
  providerContract(async () => {
    const { settings, dispose } = await makeLocalPlace()
    return {
      another: () => createLocalProvider(settings),
      specWith: localSpec,
      countLiving: async () => (await modelServersOf(settings)).length,
      hasTraces: async () => (await readdir(join(settings.dataDir, 'replicas'))).length > 0,
      dispose,
    }
  })
})
