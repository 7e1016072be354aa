import type { CreateEndpointInput } from '@/lib/domain/endpoint/inputs'
import { SAMPLE_MODEL } from '@/lib/domain/endpoint/sample'
import { DEFAULT_ADVANCED, DEFAULT_SCALING } from '@/lib/domain/endpoint/spec'

export const SAMPLE_ENDPOINT = 'sample-sentiment'

/** The first endpoint of a new installation: what the wizard would send for the bundled model. */
export const sampleEndpointInput = (team: string): CreateEndpointInput => ({
  team,
  name: SAMPLE_ENDPOINT,
  spec: {
    model: { source: { kind: 'sample', name: SAMPLE_MODEL.name }, task: SAMPLE_MODEL.task },
    hardware: {
      provider: 'local',
      region: 'this-machine',
      instanceType: 'local-this-machine-cpu-x1',
      scaling: DEFAULT_SCALING,
    },
    security: { level: 'protected' },
    advanced: DEFAULT_ADVANCED,
  },
})
