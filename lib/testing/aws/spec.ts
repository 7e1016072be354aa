import { DEFAULT_ADVANCED, DEFAULT_SCALING, type EndpointSpec } from '@/lib/domain/endpoint/spec'

const REGION = 'us-east-1'

/** Pinned, so that nobody asks the Hub for it. */
export const sagemakerSpec = (env: Record<string, string> = {}): EndpointSpec => ({
  model: {
    source: { kind: 'hub', repository: 'slipway/sample', revision: 'a'.repeat(40) },
    task: 'text-classification',
  },
  hardware: {
    provider: 'sagemaker',
    connection: null,
    region: REGION,
    instanceType: `aws-${REGION}-ml.m5-xlarge`,
    scaling: DEFAULT_SCALING,
  },
  security: { level: 'protected' },
  advanced: { ...DEFAULT_ADVANCED, env },
  secretNames: [],
})
