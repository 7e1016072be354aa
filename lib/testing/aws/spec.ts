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

/** Between none and so many; on hardware that SageMaker has inference components for. */
export function restingSpec(env: Record<string, string> = {}, maxReplicas = 2): EndpointSpec {
  const spec = sagemakerSpec(env)
  const scaling = { minReplicas: 0, maxReplicas, scaleToZeroTimeoutMinutes: 15, requestsPerMinute: 60 }
  return { ...spec, hardware: { ...spec.hardware, instanceType: `aws-${REGION}-ml.g5-xlarge`, scaling } }
}
