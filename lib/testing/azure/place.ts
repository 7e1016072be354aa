// Part of a stand-in for Azure: an account of the tests, and what is in it by other means than the provider's.
import { DEFAULT_ADVANCED, DEFAULT_SCALING, type EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { AzureAccount } from '@/lib/server/providers/azure-ml/account'
import { APP, AzureEdge, PLACE } from './edge'

const REGION = PLACE.region

export const azureSpec = (env: Record<string, string> = {}): EndpointSpec => ({
  model: {
    source: { kind: 'hub', repository: 'slipway/sample', revision: 'a'.repeat(40) },
    task: 'text-classification',
  },
  hardware: {
    provider: 'azure-ml',
    connection: null,
    region: REGION,
    instanceType: `azure-${REGION}-DSv2-DS3_v2`,
    scaling: DEFAULT_SCALING,
  },
  security: { level: 'protected' },
  advanced: { ...DEFAULT_ADVANCED, env },
  secretNames: [],
})

export async function startAzurePlace() {
  const edge = await new AzureEdge().start()
  const { tenantId, ...secret } = APP
  const account: AzureAccount = {
    ...PLACE,
    tenantId,
    secret,
    baseUrl: edge.url,
    portalId: 'contract',
    allowedHosts: ['127.0.0.1'],
  }
  return {
    edge,
    account,
    /** Each endpoint that has anything there, descriptions of containers included. */
    names: async () => [
      ...new Set([
        ...edge.workspace.endpoints.keys(),
        ...edge.workspace.environments.keys(),
        ...edge.workspace.settings.keys(),
      ]),
    ],
    ask: (address: string | null, route: string, as?: 'nobody') =>
      fetch(`${address}${route}`, as ? {} : { headers: { authorization: `Bearer ${edge.scoringToken()}` } }),
  }
}
