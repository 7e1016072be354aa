import { isSameSetup } from '@/lib/domain/endpoint/same-setup'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { type Capabilities, NO_CAPABILITIES } from '@/lib/domain/hardware/capabilities'
import type { CallerOptions } from '../json-caller'
import { leftAlone } from '../left-alone'
import {
  type EndpointProvider,
  type LogReading,
  type LogRef,
  type NamedRef,
  ProviderError,
  type Wish,
} from '../port'
import type { AzureAccount } from './account'
import { readAccountEndpoints, readSpec } from './account-endpoints'
import type { AzureDeployment, AzureEndpoint } from './answers'
import { endpointBody, type PublicAccess, publicAccessOf } from './bodies'
import { Catalog } from './catalog'
import { checkAzureSpec } from './check'
import { AzureClient } from './client'
import { Deployments } from './deployments'
import { Inventory } from './inventory'
import { keptTags } from './kept'
import { followAzureLogs } from './logs'
import { readMetrics } from './metrics'
import { endpointNameOf } from './naming'
import { unlessBusy } from './refusal'
import { DeploymentScaling, noneIfDenied, rangeOf } from './scaling'
import { deploymentOf, isBroken, isBusy, isServing, newestOf, sightingOf } from './sighting'
import { hasPortal, tagsOf, takenTag } from './tags'

const CAPABILITIES: Capabilities = {
  ...NO_CAPABILITIES,
  replicas: true,
  autoscaling: true,
  containers: true,
  requestTarget: true,
  privateLink: true,
  nativeMetrics: true,
}

export type AzureOptions = CallerOptions & { logPollMs?: number }

/** Runs endpoints in a workspace of Azure Machine Learning: an online endpoint, and a deployment per revision. */
export const createAzureProvider = (account: AzureAccount, options: AzureOptions = {}): EndpointProvider =>
  new AzureProvider(account, options)

class AzureProvider implements EndpointProvider {
  readonly kind = 'azure-ml'
  readonly rollout = 'provider'
  readonly capabilities = CAPABILITIES
  readonly #client: AzureClient
  readonly #inventory: Inventory
  readonly #catalog: Catalog
  readonly #scaling: DeploymentScaling
  readonly #logPollMs: number
  readonly #deployments: Deployments

  constructor(
    private readonly account: AzureAccount,
    { logPollMs = 2_000, ...options }: AzureOptions,
  ) {
    this.#client = new AzureClient(account, options)
    this.#inventory = new Inventory(this.#client)
    this.#catalog = new Catalog(this.#client)
    this.#scaling = new DeploymentScaling(this.#client)
    this.#deployments = new Deployments(this.#client, this.#inventory, this.#catalog)
    this.#logPollMs = logPollMs
  }

  catalog(signal?: AbortSignal) {
    return this.#catalog.read(signal)
  }

  async check(spec: EndpointSpec, signal?: AbortSignal) {
    return checkAzureSpec(spec, (await this.catalog(signal)).instanceTypes)
  }

  accountEndpoints(signal?: AbortSignal) {
    return readAccountEndpoints(this.#source(), signal)
  }

  async apply(wish: Wish) {
    if (wish.adopted?.isReadOnly) return
    const there = await this.#inventory.endpoint(wish)
    if (wish.desired === 'scaledToZero')
      throw new ProviderError('invalid_spec', 'Azure does not scale this endpoint to zero; pause it instead.')
    if (there && isBusy(there)) return
    if (wish.desired === 'present') await this.#applyPresent(wish, there)
    else if (there) await this.#withdraw(wish, there)
  }

  async observe(ref: NamedRef) {
    const there = await this.#inventory.endpoint(ref)
    if (!there) return null
    const deployments = await this.#inventory.deployments(ref)
    const newest = newestOf(deployments)
    const failure = newest && isBroken(newest) ? await this.#deployments.failureOf(ref, newest) : null
    const seen = sightingOf(ref.endpointId, there, deployments, failure)
    if (seen.state !== 'running' || !newest) return seen
    const scaled = await this.#scaling.look(there, newest)
    if (!scaled.setup) return { ...seen, ...scaled }
    const running = await this.#deployments.look(newest)
    return { ...seen, ...scaled, ...running, setup: { ...scaled.setup, ...running.setup } }
  }

  /** Azure removes an endpoint with its deployments; what is left are descriptions of containers. */
  async remove(ref: NamedRef) {
    if (ref.adopted?.isReadOnly) return true
    const there = await this.#inventory.endpoint(ref)
    if (there) {
      if (!hasPortal(there.tags)) throw leftAlone(endpointNameOf(ref))
      if (!isBusy(there)) await this.#deployments.delete(this.#inventory.endpointPath(ref))
      return false
    }
    const isUnscaled = await this.#unscale(ref, null)
    await this.#deployments.deleteEnvironments(ref, () => true)
    return isUnscaled && (await this.#inventory.environments(ref)).length === 0
  }

  async endpointIds() {
    return (await this.#inventory.ours()).map(({ ref }) => ref.endpointId)
  }

  async halt({ endpointId }: { endpointId: string }) {
    for (const { ref, endpoint } of await this.#inventory.ours())
      if (ref.endpointId === endpointId && !isBusy(endpoint)) await this.#withdraw(ref, endpoint)
  }

  logs(ref: LogRef, reading: LogReading) {
    const isLiving = async () =>
      (await this.observe(ref))?.replicas.some(
        ({ name, state }) => name === ref.replicaName && state !== 'failed',
      ) ?? false
    const source = {
      client: this.#client,
      inventory: this.#inventory,
      ref,
      isLiving,
      pollMs: this.#logPollMs,
    }
    return followAzureLogs(source, reading)
  }

  metrics(
    ref: NamedRef,
    window: Parameters<NonNullable<EndpointProvider['metrics']>>[1],
    signal?: AbortSignal,
  ) {
    return readMetrics({ client: this.#client, inventory: this.#inventory }, ref, window, signal)
  }

  /** One step: the endpoint, the deployment, the traffic, then what is not needed any more. */
  async #applyPresent(wish: Wish, there: AzureEndpoint | null) {
    if (!there) return await this.#putEndpoint(wish, this.#tagsOf(wish, null), {}, publicAccessOf(wish.spec))
    const deployments = await this.#inventory.deployments(wish)
    if (wish.adopted && !hasPortal(there.tags)) return await this.#take(wish, there, newestOf(deployments))
    const name = deploymentOf(there, deployments, wish.revision)
    const own = deployments.find(each => each.name === name)
    if (!own) {
      // What failed before keeps its hardware until it is removed.
      await this.#deployments.deleteAll(
        wish,
        deployments.filter(each => !isServing(there, each.name)),
      )
      return await this.#deployments.put(wish, there, name, deployments)
    }
    // Asked again, one that failed would fail again.
    if (isBusy(own) || isBroken(own)) return
    if (wish.isAnew && !(await this.#deployments.isAsWished(wish, own)))
      return await this.#deployments.put(wish, there, name, [own])
    const access = publicAccessOf(wish.spec)
    const isAsked = wish.isAnew && there.properties.publicNetworkAccess !== access
    if (!isServing(there, name) || isAsked)
      return await this.#putEndpoint(
        wish,
        { ...(wish.adopted ? there.tags : {}), ...this.#tagsOf(wish, wish.revision) },
        { [name]: 100 },
        access,
      )
    await this.#scale(wish, own)
    await this.#deployments.deleteAll(
      wish,
      deployments.filter(each => each.name !== name),
    )
    await this.#deployments.deleteEnvironments(wish, version => version !== String(wish.revision))
  }

  /** Taken over: all that changes is whose it is. */
  async #take(wish: Wish, there: AzureEndpoint, deployment: AzureDeployment | null) {
    const theirs = await readSpec(this.#source(), there)
    // Somebody may have changed ours meanwhile: then what is there comes before its first revision.
    const revision = theirs && isSameSetup(theirs, wish.spec) ? wish.revision : 0
    const taken = deployment
      ? { ...takenTag(revision, deployment.name), ...keptTags(deployment.properties) }
      : {}
    const tags = { ...there.tags, ...this.#tagsOf(wish, revision), ...taken }
    const path = this.#inventory.endpointPath(wish)
    await unlessBusy(() => this.#client.send(path, { method: 'PATCH', body: { tags } }))
  }

  /** No deployment, and the endpoint stays. Azure removes none that gets calls. */
  async #withdraw(ref: NamedRef, there: AzureEndpoint) {
    const isCalled = Object.values(there.properties.traffic).some(percent => percent > 0)
    if (isCalled) return await this.#putEndpoint(ref, there.tags, {}, there.properties.publicNetworkAccess)
    await this.#unscaleIfAllowed(ref, null)
    await this.#deployments.deleteAll(ref, await this.#inventory.deployments(ref))
  }

  #source = () => ({ client: this.#client, inventory: this.#inventory, scaling: this.#scaling })

  #tagsOf = ({ teamSlug, endpointId }: Wish, revision: number | null) =>
    tagsOf({ portalId: this.account.portalId, teamSlug, endpointId, revision })

  async #putEndpoint(
    ref: NamedRef,
    tags: Parameters<typeof endpointBody>[1],
    traffic: Record<string, number>,
    access: PublicAccess,
  ) {
    const body = endpointBody(this.account, tags, traffic, access)
    await unlessBusy(() => this.#client.send(this.#inventory.endpointPath(ref), { method: 'PUT', body }))
  }

  /** As wanted of the deployment that serves; settings of any other go. */
  async #scale(wish: Wish, own: AzureDeployment) {
    const { name } = own
    await this.#unscaleIfAllowed(wish, name)
    const range = rangeOf(wish.spec.hardware.scaling)
    const endpoint = endpointNameOf(wish)
    if (!range && wish.isAnew) await this.#deployments.restoreCount(wish, own)
    if (!range || (await this.#scaling.isSet(endpoint, name, range))) return
    const id = this.#inventory.deploymentPath(wish, name)
    const tags = this.#tagsOf(wish, wish.revision)
    await this.#scaling.set(endpoint, { name, id, location: this.account.region, tags }, range)
  }

  #unscale = (ref: NamedRef, kept: string | null) =>
    this.#scaling.deleteOthers(endpointNameOf(ref), tags => this.#inventory.isOf(ref, tags), kept)

  /** An app that may not do it must not keep what costs; what is left is told when the endpoint has gone. */
  #unscaleIfAllowed = (ref: NamedRef, kept: string | null) => this.#unscale(ref, kept).catch(noneIfDenied)
}
