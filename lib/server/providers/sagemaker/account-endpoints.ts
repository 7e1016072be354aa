import type { EndpointSummary } from '@aws-sdk/client-sagemaker'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { type AccountEndpoint, ProviderError } from '../port'
import { accountEndpointOf, type Described } from './account-endpoint'
import type { Catalog } from './catalog'
import type { AwsClients } from './clients'
import { type Inventory, isMissing } from './inventory'
import { AwsRefusal } from './refusal'
import type { VariantScaling } from './scaling'
import { sightingOf, stateOf } from './sighting'
import { hasPortal, isOurs } from './tags'

export type Source = { clients: AwsClients; inventory: Inventory; catalog: Catalog; scaling: VariantScaling }

/** SageMaker limits how often it may be asked, and each endpoint takes five questions. */
const AT_ONCE = 4
const TOO_SLOW = 'AWS did not tell in time what endpoints there are. Try again.'
const NOT_ALLOWED =
  'The connection’s keys may not look at it. Add the statements “SlipwayLooksAtOthers” and “SlipwayCallsAdopted” of the connection’s form to their policy.'

/** All that the account has in this region. What went meanwhile is left out, what may not be seen says so. */
export async function readAccountEndpoints(source: Source, signal?: AbortSignal): Promise<AccountEndpoint[]> {
  const { instanceTypes } = await source.catalog.read(signal)
  const listed = await source.inventory.list()
  const found: AccountEndpoint[] = []
  for (let first = 0; first < listed.length; first += AT_ONCE) {
    if (signal?.aborted) throw new ProviderError('timeout', TOO_SLOW)
    const some = listed.slice(first, first + AT_ONCE)
    const read = await Promise.all(some.map(each => readOne(source, each)))
    for (const each of read) {
      if (each === null) continue
      found.push(
        'described' in each ? accountEndpointOf(each.described, source.clients.account, instanceTypes) : each,
      )
    }
  }
  return found
}

/** What one endpoint of nobody's is at this moment; null where our words have nothing for it. */
export async function readSpec(source: Source, name: string): Promise<EndpointSpec | null> {
  const found = await describe(source, name)
  if (!found || !('described' in found)) return null
  const { instanceTypes } = await source.catalog.read()
  return accountEndpointOf(found.described, source.clients.account, instanceTypes).spec
}

async function readOne(
  source: Source,
  { EndpointName: name = '', EndpointStatus }: EndpointSummary,
): Promise<AccountEndpoint | { described: Described } | null> {
  try {
    return await describe(source, name)
  } catch (error) {
    if (error instanceof AwsRefusal && error.code === 'permission')
      return { ...UNSEEN, name, state: stateOf(EndpointStatus), specProblem: NOT_ALLOWED }
    throw error
  }
}

const UNSEEN = {
  replicas: 0,
  owner: 'nobody',
  spec: null,
  manageProblem: null,
} as const

async function describe(
  { clients, inventory, scaling }: Source,
  EndpointName: string,
): Promise<AccountEndpoint | { described: Described } | null> {
  const sagemaker = await inventory.ask(clients.sagemaker)
  const seen = await inventory.askUnless(isMissing, () => sagemaker.describeEndpoint({ EndpointName }))
  const tags = seen?.EndpointArn ? await inventory.tagsOf(seen.EndpointArn) : null
  if (!seen || !tags) return null
  const endpoint = { ...seen, tags }
  if (hasPortal(tags)) {
    const { portalId } = clients.account
    const { state, targetReplicas: replicas } = sightingOf('', endpoint, clients.account)
    const owner = isOurs(tags, portalId) ? ('ours' as const) : ('other' as const)
    return { ...UNSEEN, name: EndpointName, state, replicas, owner, specProblem: null }
  }
  const configuration = await inventory.askUnless(isMissing, () =>
    sagemaker.describeEndpointConfig({ EndpointConfigName: seen.EndpointConfigName }),
  )
  const [variant] = configuration?.ProductionVariants ?? []
  const ModelName = variant?.ModelName
  const model = ModelName
    ? await inventory.askUnless(isMissing, () => sagemaker.describeModel({ ModelName }))
    : null
  const range = variant?.VariantName ? await scaling.find(EndpointName, variant.VariantName) : null
  const described: Described = { endpoint, configuration, model, range }
  return { described }
}
