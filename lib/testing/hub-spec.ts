import { SAMPLE_REPOSITORY } from '@/lib/domain/endpoint/hf-compat-input'
import { DEFAULT_ADVANCED, DEFAULT_SCALING, type EndpointSpec } from '@/lib/domain/endpoint/spec'

/**
 * What a `huggingface` connection to a second Slipway can run: the repository name that means its bundled sample,
 * pinned, so that nobody asks the Hub for it.
 */
export const hubSpec = (
  env: Record<string, string> = {},
  connection: string | null = null,
): EndpointSpec => ({
  model: {
    source: { kind: 'hub', repository: SAMPLE_REPOSITORY, revision: 'a'.repeat(40) },
    task: 'text-classification',
  },
  hardware: {
    provider: 'huggingface',
    connection,
    region: 'this-machine',
    instanceType: 'local-this-machine-cpu-x1',
    scaling: DEFAULT_SCALING,
  },
  security: { level: 'protected' },
  advanced: { ...DEFAULT_ADVANCED, env },
  secretNames: [],
})
