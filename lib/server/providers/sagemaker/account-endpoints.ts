import type { AccountEndpoint } from '../port'
import { accountEndpointOf, type Described } from './account-endpoint'
import type { Catalog } from './catalog'
import type { AwsClients } from './clients'
import { type Inventory, isMissing } from './inventory'
import { AwsRefusal } from './refusal'
import type { VariantScaling } from './scaling'
import { sightingOf } from './sighting'
import { hasPortal, isOurs } from './tags'

type Source = { clients: AwsClients; inventory: Inventory; catalog: Catalog; scaling: VariantScaling }

/** SageMaker limits how often it may be asked, and each endpoint takes five questions. */
const AT_ONCE = 4
const NOT_ALLOWED =
  'The connection’s keys may not look at it. Add the statements “SlipwayLooksAtOthers” and “SlipwayCallsAdopted” of the connection’s form to their policy.'

/** All that the account has in this region. What went meanwhile is left out, what may not be seen says so. */
export async function readAccountEndpoints(source: Source, signal?: AbortSignal): Promise<AccountEndpoint[]> {
  const { instanceTypes } = await source.catalog.read(signal)
  const names = (await source.inventory.list()).flatMap(({ EndpointName }) => EndpointName ?? [])
  const found: AccountEndpoint[] = []
  for (let first = 0; first < names.length; first += AT_ONCE) {
    signal?.throwIfAborted()
    const some = names.slice(first, first + AT_ONCE)
    const read = await Promise.all(some.map(name => readOne(source, name)))
    for (const each of read) {
      if (each === null) continue
      found.push(
        'described' in each ? accountEndpointOf(each.described, source.clients.account, instanceTypes) : each,
      )
    }
  }
  return found
}

async function readOne(
  source: Source,
  name: string,
): Promise<AccountEndpoint | { described: Described } | null> {
  try {
    return await describe(source, name)
  } catch (error) {
    if (error instanceof AwsRefusal && error.code === 'permission')
      return { ...UNSEEN, name, specProblem: NOT_ALLOWED }
    throw error
  }
}

const UNSEEN = {
  state: 'pending',
  replicas: 0,
  owner: 'nobody',
  spec: null,
  manageProblem: null,
} as const

async function describe({ clients, inventory, scaling }: Source, EndpointName: string) {
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
