import { isSameSetup } from '@/lib/domain/endpoint/same-setup'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { type Capabilities, NO_CAPABILITIES } from '@/lib/domain/hardware/capabilities'
import { leftAlone } from '../left-alone'
import {
  type EndpointProvider,
  type LogReading,
  type LogRef,
  type NamedRef,
  ProviderError,
  type Wish,
} from '../port'
import { typeOf } from '../type-of'
import type { AwsAccount } from './account'
import { readAccountEndpoints, readSpec } from './account-endpoints'
import { Catalog } from './catalog'
import { checkSagemakerSpec } from './check'
import { AwsClients, type AwsOptions } from './clients'
import { isMissingOrBusy } from './component'
import { ComponentEndpoints } from './component-endpoint'
import { currentRevision, Inventory, isMissing, isTaggedLate, type SeenEndpoint } from './inventory'
import { followCloudWatch } from './logs'
import { manageObstacle } from './manage-obstacle'
import { readMetrics } from './metrics'
import { endpointNameOf, logGroupOf, refOfOwnName, revisionNameOf, revisionOfName, variantOf } from './naming'
import { isAlreadyThere, Revisions } from './revisions'
import { rangeOf, restsAtZero, type Scaled, scaledAt, VariantScaling } from './scaling'
import { pausedSighting, sightingOf } from './sighting'
import { type AwsTag, hasPortal, revisionOf, takenTag } from './tags'

const CAPABILITIES: Capabilities = {
  ...NO_CAPABILITIES,
  replicas: true,
  autoscaling: true,
  scaleToZero: true,
  containers: true,
  modelServers: true,
  requestTarget: true,
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
  readonly #revisions: Revisions
  /** Those that scale to zero, which are made otherwise. */
  readonly #components: ComponentEndpoints

  constructor(
    private readonly account: AwsAccount,
    private readonly options: SagemakerOptions,
  ) {
    this.#clients = new AwsClients(account, options)
    this.#inventory = new Inventory(this.#clients)
    this.#catalog = new Catalog(this.#clients, this.#inventory)
    this.#scaling = new VariantScaling(this.#clients, this.#inventory)
    this.#revisions = new Revisions(this.#clients, this.#inventory)
    this.#components = new ComponentEndpoints(this.#clients, this.#inventory, this.#revisions)
  }

  catalog(signal?: AbortSignal) {
    return this.#catalog.read(signal)
  }

  async check(spec: EndpointSpec, signal?: AbortSignal) {
    return checkSagemakerSpec(spec, (await this.catalog(signal)).instanceTypes)
  }

  accountEndpoints(signal?: AbortSignal) {
    return readAccountEndpoints(this.#source(), signal)
  }

  manageObstacle(name: string, signal?: AbortSignal) {
    return manageObstacle(this.#clients, this.#inventory, name, signal)
  }

  async apply(wish: Wish) {
    if (wish.adopted?.isReadOnly) return
    const there = await this.#inventory.endpoint(wish)
    if (there && BUSY.includes(there.EndpointStatus ?? '')) return
    if (wish.desired === 'present') await this.#applyPresent(wish, there)
    else if (wish.desired === 'paused') {
      if (there) await this.#pause(wish, there)
      else await this.#clean(wish)
    } else if (there && restsAtZero(there.tags)) await this.#components.rest(wish)
    else
      throw new ProviderError(
        'invalid_spec',
        'SageMaker does not scale this endpoint to zero; pause it instead.',
      )
  }

  async observe(ref: NamedRef) {
    const there = await this.#inventory.endpoint(ref)
    if (there && restsAtZero(there.tags)) return await this.#components.observe(ref, there)
    if (there) {
      const scaling = await this.#scaling.look(there)
      const isIncomplete = scaling.isIncomplete || isTaggedLate(there)
      return { ...sightingOf(ref.endpointId, there, this.account), ...scaling, isIncomplete }
    }
    const [newest] = await this.#inventory.configurations(ref)
    if (!newest) return null
    const isIncomplete = restsAtZero(newest.tags)
      ? await this.#components.areLeft(ref)
      : await this.#scaling.isLeftOf(scaledOf(ref, newest))
    return { ...pausedSighting(newest.name), isIncomplete }
  }

  /** The configuration goes last: as long as one is seen, removing is not over. */
  async remove(ref: NamedRef) {
    if (ref.adopted?.isReadOnly) return true
    const there = await this.#inventory.endpoint(ref)
    if (there) {
      if (!hasPortal(there.tags)) throw leftAlone(endpointNameOf(ref))
      if (!BUSY.includes(there.EndpointStatus ?? '')) await this.#takeDown(ref, there)
      return false
    }
    if (!(await this.#clean(ref))) return false
    await this.#revisions.delete(ref, () => true)
    await this.#deleteLogGroup(ref)
    return (await this.observe(ref)) === null
  }

  async endpointIds() {
    return (await this.#inventory.ours()).map(({ endpointId }) => endpointId)
  }

  async halt({ endpointId }: { endpointId: string }) {
    for (const found of await this.#inventory.ours())
      if (found.endpointId === endpointId && found.status !== 'Deleting') {
        if (
          restsAtZero(found.tags) &&
          !(await this.#components.deleteAll(refOfOwnName(found.name, endpointId)))
        )
          continue
        await this.#scaling.stopIfAllowed({
          endpointName: found.name,
          variant: nameOfVariant(revisionOf(found.tags)),
          tags: found.tags,
        })
        await this.#deleteEndpoint(found.name, null)
      }
  }

  logs(ref: LogRef, reading: LogReading) {
    const isLiving = async () =>
      (await this.observe(ref))?.replicas.some(({ name }) => name === ref.replicaName) ?? false
    const { logPollMs: pollMs = 2_000, logSettleMs: settleMs = 3_000 } = this.options
    const source = { clients: this.#clients, inventory: this.#inventory, ref, isLiving, pollMs, settleMs }
    return followCloudWatch(source, reading)
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
    if (wish.adopted && there && !hasPortal(there.tags)) return await this.#take(wish, there)
    if (there && restsAtZero(there.tags) !== isToRest(wish)) return await this.#takeDown(wish, there)
    const current = there && currentRevision(there)
    if (there && (there.EndpointStatus === 'Failed' || there.EndpointStatus === 'OutOfService')) {
      // It cannot be updated; made anew at the next look.
      if (current !== wish.revision) await this.#takeDown(wish, there)
      return
    }
    if (there && isToRest(wish)) {
      const isDone = await this.#components.applyPresent(wish, there, await this.#typeFor(wish))
      if (!isDone) await this.#takeDown(wish, there)
      return
    }
    // One of the name may have outlived an endpoint that was deleted outside, and would stand in the way.
    if (isToRest(wish) && !(await this.#components.deleteAll(wish))) return
    if (current === wish.revision || hasFailed(there, wish.revision)) {
      if (there && isTaggedLate(there)) await this.#tag(wish, there)
      // Only an endpoint in service can be scaled; after a failed update that is the old revision.
      const range = rangeOf(wish.spec.hardware.scaling)
      const { variant } = there ? scaledAt(there) : { variant: null }
      if (variant !== null && range)
        await this.#scaling.set(EndpointName, variant, range, this.#revisions.tagsOf(wish))
      else if (wish.isAnew && there) await this.#scaling.restoreCount(wish.spec, there)
      return
    }
    // A configuration that is not ours may well run a model of ours.
    if (!there || current !== null)
      await this.#revisions.delete(wish, revision => revision !== current && revision !== wish.revision)
    await this.#revisions.ensure(wish, await this.#typeFor(wish), there)
    const sagemaker = await this.#inventory.ask(this.#clients.sagemaker)
    const EndpointConfigName = revisionNameOf(wish, wish.revision)
    if (!there) {
      const Tags = this.#revisions.tagsOf(wish)
      await this.#inventory.askUnless(isAlreadyThere, () =>
        sagemaker.createEndpoint({ EndpointName, EndpointConfigName, Tags }),
      )
      return
    }
    await this.#scaling.stop(scaledAt(there))
    // How instances are exchanged, where the account has said so, stays its own; else it is SageMaker's blue/green.
    const RetainDeploymentConfig = there.LastDeploymentConfig !== undefined
    await this.#inventory.ask(() =>
      sagemaker.updateEndpoint({ EndpointName, EndpointConfigName, RetainDeploymentConfig }),
    )
    // After it, never before: a tag without its update would look like an update that failed.
    await this.#tag(wish, there)
  }

  #typeFor = async ({ spec }: Wish) => typeOf(spec, await this.catalog(), 'SageMaker')

  async #tag(wish: Wish, { EndpointArn: ResourceArn }: SeenEndpoint) {
    const Tags = this.#revisions.tagsOf(wish)
    const sagemaker = await this.#inventory.ask(this.#clients.sagemaker)
    await this.#inventory.ask(() => sagemaker.addTags({ ResourceArn, Tags }))
  }

  /** Taken over: all that changes is whose it is. */
  async #take(wish: Wish, { EndpointArn: ResourceArn, EndpointConfigName = '' }: SeenEndpoint) {
    const theirs = await readSpec(this.#source(), endpointNameOf(wish))
    // Somebody may have changed ours meanwhile: then what is there comes before its first revision.
    const revision = theirs && isSameSetup(theirs, wish.spec) ? wish.revision : 0
    const Tags = [...this.#revisions.tagsOf({ ...wish, revision }), takenTag(revision, EndpointConfigName)]
    const sagemaker = await this.#inventory.ask(this.#clients.sagemaker)
    await this.#inventory.ask(() => sagemaker.addTags({ ResourceArn, Tags }))
  }

  /** What was taken over has no configuration of ours yet, from which it could be resumed. */
  async #pause(wish: Wish, there: SeenEndpoint) {
    if (wish.adopted && (await this.#inventory.configurations(wish)).length === 0)
      await this.#revisions.ensure(wish, await this.#typeFor(wish), there)
    await this.#takeDown(wish, there)
  }

  /** Components first: they would outlive it. */
  async #takeDown(ref: NamedRef, there: SeenEndpoint) {
    if (restsAtZero(there.tags) && !(await this.#components.deleteAll(ref))) return
    await this.#deleteEndpoint(endpointNameOf(ref), there)
  }

  async #deleteEndpoint(EndpointName: string, there: SeenEndpoint | null) {
    if (there) await this.#scaling.stopIfAllowed(scaledAt(there))
    const sagemaker = await this.#inventory.ask(this.#clients.sagemaker)
    await this.#inventory.askUnless(isMissingOrBusy, () => sagemaker.deleteEndpoint({ EndpointName }))
  }

  /** What outlived its endpoint, as what costs goes first; its configurations tell what there was. False until it is gone. */
  async #clean(ref: NamedRef): Promise<boolean> {
    let isClean = true
    for (const found of await this.#inventory.configurations(ref))
      if (restsAtZero(found.tags)) isClean = isClean && (await this.#components.deleteAll(ref))
      else await this.#scaling.stop(scaledOf(ref, found))
    return isClean
  }

  async #deleteLogGroup(ref: NamedRef) {
    const logs = await this.#inventory.ask(this.#clients.logs)
    await this.#inventory.askUnless(isMissing, () => logs.deleteLogGroup({ logGroupName: logGroupOf(ref) }))
  }

  #source = () => ({
    clients: this.#clients,
    inventory: this.#inventory,
    catalog: this.#catalog,
    scaling: this.#scaling,
  })
}

const scaledOf = (ref: NamedRef, { name, tags }: { name: string; tags: readonly AwsTag[] }): Scaled => ({
  endpointName: endpointNameOf(ref),
  variant: nameOfVariant(revisionOfName(name)),
  tags,
})
const nameOfVariant = (revision: number | null) => (revision === null ? null : variantOf(revision))

/** SageMaker went back from this very revision: asked again it would fail again. */
const hasFailed = (there: SeenEndpoint | null, revision: number): boolean =>
  Boolean(there?.FailureReason) && revisionOf(there?.tags ?? []) === revision

const isToRest = ({ spec }: Wish): boolean => spec.hardware.scaling.minReplicas === 0
