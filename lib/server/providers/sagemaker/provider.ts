import type { ProductionVariantInstanceType } from '@aws-sdk/client-sagemaker'
import type { EndpointSpec, Scaling } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import {
  type Capabilities,
  type EndpointProvider,
  type LogRef,
  type NamedRef,
  ProviderError,
  type Wish,
} from '../port'
import type { AwsAccount } from './account'
import { Catalog } from './catalog'
import { checkSagemakerSpec } from './check'
import { AwsClients, type AwsOptions } from './clients'
import { containerOf } from './container'
import { awsNameOf } from './hardware'
import { Inventory, isMissing, type SeenEndpoint } from './inventory'
import { followCloudWatch } from './logs'
import { readMetrics } from './metrics'
import { endpointNameOf, logGroupOf, revisionNameOf, revisionOfName, variantOf } from './naming'
import type { AwsRefusal } from './refusal'
import { rangeOf, replicasText, type Scaled, VariantScaling } from './scaling'
import { pausedSighting, sightingOf } from './sighting'
import { type AwsTag, revisionOf, tagsOf } from './tags'

const CAPABILITIES: Capabilities = {
  replicas: true,
  autoscaling: true,
  scaleToZero: false,
  containers: true,
  localModels: false,
  requestTarget: true,
  measures: false,
  privateLink: true,
  vpc: true,
  nativeMetrics: true,
}

/** In these nothing can be asked of it: the next look decides. */
const BUSY = ['Creating', 'Updating', 'SystemUpdating', 'RollingBack', 'Deleting']

export type SagemakerOptions = AwsOptions & { logPollMs?: number; logSettleMs?: number }

/** Runs endpoints in an AWS account: a model and a configuration per revision, and one endpoint on the newest. */
export const createSagemakerProvider = (
  account: AwsAccount,
  options: SagemakerOptions = {},
): EndpointProvider => new SagemakerProvider(account, options)

class SagemakerProvider implements EndpointProvider {
  readonly kind = 'sagemaker'
  readonly rollout = 'provider'
  readonly capabilities = CAPABILITIES
  readonly #clients: AwsClients
  readonly #inventory: Inventory
  readonly #catalog: Catalog
  readonly #scaling: VariantScaling

  constructor(
    private readonly account: AwsAccount,
    private readonly options: SagemakerOptions,
  ) {
    this.#clients = new AwsClients(account, options)
    this.#inventory = new Inventory(this.#clients)
    this.#catalog = new Catalog(this.#clients, this.#inventory)
    this.#scaling = new VariantScaling(this.#clients, this.#inventory)
  }

  catalog(signal?: AbortSignal) {
    return this.#catalog.read(signal)
  }

  async check(spec: EndpointSpec, signal?: AbortSignal) {
    return checkSagemakerSpec(spec, (await this.catalog(signal)).instanceTypes)
  }

  async apply(wish: Wish) {
    const there = await this.#inventory.endpoint(wish)
    if (there && BUSY.includes(there.EndpointStatus ?? '')) return
    if (wish.desired === 'present') await this.#applyPresent(wish, there)
    else if (wish.desired === 'paused') {
      if (there) await this.#deleteEndpoint(endpointNameOf(wish), there)
      else await this.#stopScaling(wish)
    } else
      throw new ProviderError(
        'invalid_spec',
        'SageMaker does not scale this endpoint to zero; pause it instead.',
      )
  }

  async observe(ref: NamedRef) {
    const there = await this.#inventory.endpoint(ref)
    if (there) {
      const scaling = await this.#scaling.look(there)
      return { ...sightingOf(ref.endpointId, there, this.account), ...scaling }
    }
    const [newest] = await this.#inventory.configurations(ref)
    if (!newest) return null
    const isIncomplete = await this.#scaling.isLeftOf(scaledOf(ref, newest))
    return { ...pausedSighting(newest.name), isIncomplete }
  }

  /** The configuration goes last: as long as one is seen, removing is not over. */
  async remove(ref: NamedRef) {
    const there = await this.#inventory.endpoint(ref)
    if (there) {
      if (!BUSY.includes(there.EndpointStatus ?? '')) await this.#deleteEndpoint(endpointNameOf(ref), there)
      return false
    }
    await this.#stopScaling(ref)
    await this.#deleteRevisions(ref, () => true)
    await this.#deleteLogGroup(ref)
    return (await this.observe(ref)) === null
  }

  async endpointIds() {
    return (await this.#inventory.ours()).map(({ endpointId }) => endpointId)
  }

  async halt({ endpointId }: { endpointId: string }) {
    for (const found of await this.#inventory.ours())
      if (found.endpointId === endpointId && found.status !== 'Deleting') {
        await this.#scaling.stopIfAllowed({
          endpointName: found.name,
          revision: revisionOf(found.tags),
          tags: found.tags,
        })
        await this.#deleteEndpoint(found.name, null)
      }
  }

  logs(ref: LogRef, options: Parameters<EndpointProvider['logs']>[1]) {
    const isLiving = async () =>
      (await this.observe(ref))?.replicas.some(({ name }) => name === ref.replicaName) ?? false
    const { logPollMs: pollMs = 2_000, logSettleMs: settleMs = 3_000 } = this.options
    const source = { clients: this.#clients, inventory: this.#inventory, ref, isLiving, pollMs, settleMs }
    return followCloudWatch(source, options)
  }

  metrics(
    ref: NamedRef,
    window: Parameters<NonNullable<EndpointProvider['metrics']>>[1],
    signal?: AbortSignal,
  ) {
    return readMetrics({ clients: this.#clients, inventory: this.#inventory }, ref, window, signal)
  }

  async #applyPresent(wish: Wish, there: SeenEndpoint | null) {
    const EndpointName = endpointNameOf(wish)
    const current = revisionOfName(there?.EndpointConfigName)
    if (there && (there.EndpointStatus === 'Failed' || there.EndpointStatus === 'OutOfService')) {
      // It cannot be updated; made anew at the next look.
      if (current !== wish.revision) await this.#deleteEndpoint(EndpointName, there)
      return
    }
    if (current === wish.revision || hasFailed(there, wish.revision)) {
      // Only an endpoint in service can be scaled; after a failed update that is the old revision.
      const range = rangeOf(wish.spec.hardware.scaling)
      if (current !== null && range) await this.#scaling.set(EndpointName, current, range)
      else if (wish.isAnew && there) await this.#restoreCount(wish, there)
      return
    }
    // A configuration that is not ours may well run a model of ours.
    if (!there || current !== null)
      await this.#deleteRevisions(wish, revision => revision !== current && revision !== wish.revision)
    await this.#ensureRevision(wish, there)
    const sagemaker = await this.#inventory.ask(this.#clients.sagemaker)
    const EndpointConfigName = revisionNameOf(wish, wish.revision)
    const Tags = this.#tagsOf(wish)
    if (!there) {
      await this.#inventory.askUnless(isAlreadyThere, () =>
        sagemaker.createEndpoint({ EndpointName, EndpointConfigName, Tags }),
      )
      return
    }
    await this.#scaling.stop({ endpointName: EndpointName, revision: current, tags: there.tags })
    await this.#inventory.ask(() => sagemaker.updateEndpoint({ EndpointName, EndpointConfigName }))
    // After it, never before: a tag without its update would look like an update that failed.
    await this.#inventory.ask(() => sagemaker.addTags({ ResourceArn: there.EndpointArn, Tags }))
  }

  /** Somebody set another number of instances; their configuration knows only how many it began with. */
  async #restoreCount({ spec }: Wish, there: SeenEndpoint) {
    const { EndpointName, ProductionVariants: [variant] = [] } = there
    const DesiredInstanceCount = startCount(spec.hardware.scaling, there)
    if (!variant || variant.DesiredInstanceCount === DesiredInstanceCount) return
    const DesiredWeightsAndCapacities = [{ VariantName: variant.VariantName, DesiredInstanceCount }]
    const sagemaker = await this.#inventory.ask(this.#clients.sagemaker)
    await this.#inventory.ask(() =>
      sagemaker.updateEndpointWeightsAndCapacities({ EndpointName, DesiredWeightsAndCapacities }),
    )
  }

  /** Names carry the revision, and a revision never changes: what is there already is right. */
  async #ensureRevision(wish: Wish, there: SeenEndpoint | null) {
    const type = await this.#typeOf(wish.spec)
    const sagemaker = await this.#inventory.ask(this.#clients.sagemaker)
    const name = revisionNameOf(wish, wish.revision)
    const Tags = this.#tagsOf(wish)
    const PrimaryContainer = containerOf(wish.spec, wish.secrets, type)
    const ExecutionRoleArn = this.account.roleArn
    await this.#inventory.askUnless(isAlreadyThere, () =>
      sagemaker.createModel({
        ModelName: name,
        ExecutionRoleArn,
        PrimaryContainer,
        Tags,
        ...vpcOf(wish.spec),
      }),
    )
    const variant = {
      VariantName: variantOf(wish.revision),
      ModelName: name,
      InitialInstanceCount: startCount(wish.spec.hardware.scaling, there),
      InstanceType: awsNameOf(type) as ProductionVariantInstanceType,
    }
    await this.#inventory.askUnless(isAlreadyThere, () =>
      sagemaker.createEndpointConfig({ EndpointConfigName: name, ProductionVariants: [variant], Tags }),
    )
  }

  #tagsOf = ({ teamSlug, endpointId, revision, spec }: Wish) =>
    tagsOf({
      portalId: this.account.portalId,
      teamSlug,
      endpointId,
      revision,
      replicas: replicasText(spec.hardware.scaling),
    })

  async #deleteEndpoint(EndpointName: string, there: SeenEndpoint | null) {
    const revision = revisionOfName(there?.EndpointConfigName)
    if (there) await this.#scaling.stopIfAllowed({ endpointName: EndpointName, revision, tags: there.tags })
    const sagemaker = await this.#inventory.ask(this.#clients.sagemaker)
    await this.#inventory.askUnless(isMissingOrBusy, () => sagemaker.deleteEndpoint({ EndpointName }))
  }

  /** Of an endpoint that is gone already, as what costs goes first; its configurations tell what was scaled. */
  async #stopScaling(ref: NamedRef) {
    for (const found of await this.#inventory.configurations(ref))
      await this.#scaling.stop(scaledOf(ref, found))
  }

  async #deleteRevisions(ref: NamedRef, isGone: (revision: number | null) => boolean) {
    const sagemaker = await this.#inventory.ask(this.#clients.sagemaker)
    for (const { name } of await this.#inventory.models(ref))
      if (isGone(revisionOfName(name)))
        await this.#inventory.askUnless(isMissing, () => sagemaker.deleteModel({ ModelName: name }))
    for (const { name } of await this.#inventory.configurations(ref))
      if (isGone(revisionOfName(name)))
        await this.#inventory.askUnless(isMissing, () =>
          sagemaker.deleteEndpointConfig({ EndpointConfigName: name }),
        )
  }

  async #deleteLogGroup(ref: NamedRef) {
    const logs = await this.#inventory.ask(this.#clients.logs)
    await this.#inventory.askUnless(isMissing, () => logs.deleteLogGroup({ logGroupName: logGroupOf(ref) }))
  }

  async #typeOf({ hardware }: EndpointSpec): Promise<InstanceType> {
    const { instanceTypes } = await this.catalog()
    const type = instanceTypes.find(({ id }) => id === hardware.instanceType)
    if (type) return type
    throw new ProviderError(
      'invalid_spec',
      `SageMaker has no ${hardware.instanceType} any more. Choose other hardware in Settings.`,
    )
  }
}

/** Where the container may connect to; who may call the endpoint is nothing of it. */
const vpcOf = ({ network }: EndpointSpec) =>
  network?.vpc
    ? { VpcConfig: { Subnets: network.vpc.subnets, SecurityGroupIds: network.vpc.securityGroups } }
    : {}

const scaledOf = (ref: NamedRef, { name, tags }: { name: string; tags: readonly AwsTag[] }): Scaled => ({
  endpointName: endpointNameOf(ref),
  revision: revisionOfName(name),
  tags,
})

/** With as many as its load has brought about until now. */
function startCount({ minReplicas, maxReplicas }: Scaling, there: SeenEndpoint | null): number {
  const now = there?.ProductionVariants?.[0]?.DesiredInstanceCount ?? 0
  return Math.min(maxReplicas, Math.max(minReplicas, now))
}

/** SageMaker went back from this very revision: asked again it would fail again. */
const hasFailed = (there: SeenEndpoint | null, revision: number): boolean =>
  Boolean(there?.FailureReason) && revisionOf(there?.tags ?? []) === revision

const isAlreadyThere = ({ isAlreadyThere }: AwsRefusal): boolean => isAlreadyThere
const isMissingOrBusy = (refusal: AwsRefusal): boolean => isMissing(refusal) || refusal.isBusy
