import { expect, test } from 'vitest'
import type { SeenEndpoint } from './inventory'
import { sightingOf } from './sighting'
import { tagsOf } from './tags'

const account = {
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::123456789012:role/any',
  keys: { accessKeyId: 'AKIA', secretAccessKey: 'none' },
  baseUrl: null,
  portalId: 'portal',
  allowedHosts: [],
}
const seen = (change: Partial<SeenEndpoint>): SeenEndpoint => ({
  $metadata: {},
  EndpointName: 'slipway-any-00000000',
  EndpointArn: 'arn',
  EndpointConfigName: 'slipway-any-00000000-r2',
  EndpointStatus: 'Updating',
  CreationTime: new Date(0),
  LastModifiedTime: new Date(0),
  ProductionVariants: [{ VariantName: 'r2', CurrentInstanceCount: 1, DesiredInstanceCount: 3 }],
  tags: tagsOf({
    portalId: 'portal',
    teamSlug: 'team',
    endpointId: 'id',
    revision: 2,
    replicas: '1-3 at 60',
  }),
  ...change,
})

test('autoscaling at work is no update: it runs, with the instances it has and those it wants', () => {
  expect(sightingOf('id', seen({}), account)).toMatchObject({
    state: 'running',
    revision: 2,
    readyReplicas: 1,
    targetReplicas: 3,
  })
})

test('another configuration on its way is an update', () => {
  const PendingDeploymentSummary = { EndpointConfigName: 'slipway-any-00000000-r3' }
  expect(sightingOf('id', seen({ PendingDeploymentSummary }), account)).toMatchObject({
    state: 'updating',
    revision: 3,
  })
})
