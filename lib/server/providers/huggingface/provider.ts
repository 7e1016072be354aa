import { setupChanges } from '@/lib/domain/endpoint/drift'
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
import { typeOf } from '../type-of'
import type { HfAccount } from './account'
import { accountEndpointOf } from './account-endpoint'
import { type HfEndpoint, hfEndpoint, hfEndpoints, hfGraphs, hfReplicas, hfVendors } from './answers'
import { bodyOf, changeOf } from './body'
import { BUILTIN_AS_OF, builtinVendors } from './builtin-hardware'
import { checkHfSpec } from './check'
import { HfClient } from './client'
import { fromVendors } from './hardware'
import { followHfLogs } from './logs'
import { memoryUnitsIn } from './memory-units'
import { metricsOf } from './metrics'
import { endpointIdOfTags, hasPortal, hfName, isOursByTags, revisionOfTags, tagsOf } from './naming'
import { HfRefusal } from './refusal'
import { setupOf } from './setup'
import { sightingOf } from './sighting'

const CAPABILITIES: Capabilities = {
  ...NO_CAPABILITIES,
  replicas: true,
  autoscaling: true,
  scaleToZero: true,
  zeroTimeout: true,
  containers: true,
  measures: true,
  privateLink: true,
  nativeMetrics: true,
}

export type HfProviderOptions = CallerOptions & { logPollMs?: number }

/** Runs endpoints in an account of Hugging Face's Inference Endpoints, or of a server that speaks its API. */
export const createHuggingfaceProvider = (
  account: HfAccount,
  options: HfProviderOptions = {},
): EndpointProvider => new HuggingfaceProvider(account, options)

class HuggingfaceProvider implements EndpointProvider {
  readonly kind = 'huggingface'
  readonly rollout = 'provider'
  readonly capabilities = CAPABILITIES
  readonly #client: HfClient
  readonly #logPollMs: number

  constructor(
    private readonly account: HfAccount,
    { logPollMs = 2_000, ...options }: HfProviderOptions,
  ) {
    this.#client = new HfClient(account, options)
    this.#logPollMs = logPollMs
  }

  async catalog(signal?: AbortSignal) {
    try {
      const path = `/v2/provider/${this.account.namespace}`
      return fromVendors(await this.#client.read(path, hfVendors, signal ? { signal } : {}))
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      const reason = error.message.replace('; trying again', '')
      return { ...fromVendors(builtinVendors()), builtin: { asOf: BUILTIN_AS_OF, reason } }
    }
  }

  async check(spec: EndpointSpec, signal?: AbortSignal) {
    return checkHfSpec(spec, (await this.catalog(signal)).instanceTypes)
  }

  async accountEndpoints(signal?: AbortSignal) {
    return (await this.#all(signal)).map(seen => accountEndpointOf(seen, this.account.portalId))
  }

  async apply(wish: Wish) {
    if (wish.adopted?.isReadOnly) return
    const there = await this.#find(wish)
    if (wish.desired === 'present') await this.#applyPresent(wish, there)
    else if (there) await this.#applyAbsent(wish, there)
  }

  async observe(ref: NamedRef) {
    const there = await this.#find(ref)
    if (!there) return null
    return sightingOf(ref.endpointId, there, await this.#replicas(ref), this.account.allowedHosts)
  }

  async remove(ref: NamedRef) {
    if (ref.adopted?.isReadOnly) return true
    const there = await this.#find(ref)
    if (!there) return true
    if (!hasPortal(there.tags)) throw leftAlone(there.name)
    await this.#client
      .send(this.#path(ref), { method: 'DELETE' })
      .catch(error => ignore(error, ({ status }) => status === 404))
    return (await this.#find(ref)) === null
  }

  async endpointIds() {
    return (await this.#ours()).flatMap(({ tags }) => endpointIdOfTags(tags) ?? [])
  }

  async halt({ endpointId }: { endpointId: string }) {
    for (const { name, tags, status } of await this.#ours())
      if (endpointIdOfTags(tags) === endpointId && status.state !== 'paused')
        await this.#act(`/v2/endpoint/${this.account.namespace}/${name}`, 'pause')
  }

  logs(ref: LogRef, reading: LogReading) {
    const isLiving = async () => (await this.#replicas(ref)).some(({ id }) => id === ref.replicaName)
    const endpoint = `${this.account.namespace}/${hfName(ref)}`
    const source = {
      client: this.#client,
      endpoint,
      replica: ref.replicaName,
      isLiving,
      pollMs: this.#logPollMs,
    }
    return followHfLogs(source, reading)
  }

  async metrics(ref: NamedRef, { fromMs, toMs }: { fromMs: number; toMs: number }, signal?: AbortSignal) {
    const path = this.#path(ref)
    // Their beta, of some accounts only.
    const said = this.#client.send(`${path}/open-metrics`, signal ? { signal } : {}).catch(() => null)
    const graphs = await this.#client
      .read(`${path}/metrics`, hfGraphs, {
        method: 'POST',
        body: { start: new Date(fromMs).toISOString(), stop: new Date(toMs).toISOString() },
        isIdempotent: true,
        ...(signal ? { signal } : {}),
      })
      .catch(error => ignore(error, ({ status }) => status === 404))
    return graphs ? metricsOf(graphs, memoryUnitsIn((await said)?.text ?? '')) : []
  }

  async #applyPresent(wish: Wish, there: HfEndpoint | null) {
    const { portalId } = this.account
    const type = typeOf(wish.spec, await this.catalog(), 'Hugging Face')
    if (!there) {
      // Taken means that it is there already and was not seen yet, or that another controller was faster.
      await this.#client
        .send(`/v2/endpoint/${this.account.namespace}`, {
          method: 'POST',
          body: bodyOf(wish, type, portalId),
        })
        .catch(error => ignore(error, ({ status }) => status === 409))
      return
    }
    const theirs = wish.adopted && !hasPortal(there.tags) ? accountEndpointOf(there, portalId).spec : null
    if (theirs && isSameSetup(theirs, wish.spec)) {
      // Taken over: all that changes is whose it is. What somebody changed here meanwhile is applied like any update.
      const tags = [...tagsOf({ ...wish, portalId }), ...there.tags]
      await this.#client.send(this.#path(wish), { method: 'PUT', body: { tags } })
      return
    }
    const isOther = wish.isAnew === true && setupChanges(wish.spec, setupOf(there)).length > 0
    if (revisionOfTags(there.tags) !== wish.revision || isOther) {
      const body = changeOf(wish, type, { portalId, isOpen: there.type === 'public' })
      await this.#client.send(this.#path(wish), { method: 'PUT', body })
    }
    if (there.status.state === 'paused') await this.#act(this.#path(wish), 'resume')
  }

  async #applyAbsent(wish: Wish, { status }: HfEndpoint) {
    if (status.state === 'paused') return
    if (wish.desired === 'paused') return await this.#act(this.#path(wish), 'pause')
    if (status.state !== 'scaledToZero') await this.#act(this.#path(wish), 'scale-to-zero')
  }

  /** Doing any of these twice is the same as once. */
  async #act(path: string, verb: 'pause' | 'resume' | 'scale-to-zero') {
    await this.#client
      .send(`${path}/${verb}`, { method: 'POST', isIdempotent: true })
      .catch(error => ignore(error, ({ said }) => /already (running|paused)/i.test(said)))
  }

  /** Ours by name and by tags; somebody else's of the same name is an error, never touched. */
  async #find(ref: NamedRef): Promise<HfEndpoint | null> {
    const found = await this.#client
      .read(this.#path(ref), hfEndpoint)
      .catch(error => ignore(error, ({ status }) => status === 404))
    if (!found) return null
    const isOurs = isOursByTags(found.tags, this.account.portalId)
    if (isOurs && endpointIdOfTags(found.tags) === ref.endpointId) return found
    // It was adopted as nobody's, and is looked at, or about to be tagged.
    if (ref.adopted && !hasPortal(found.tags)) return found
    throw new ProviderError(
      'invalid_spec',
      `${this.account.namespace} has an endpoint ${found.name} that Slipway did not make, or that has lost its slipway tags. It is left alone; delete or rename it at Hugging Face.`,
    )
  }

  async #ours(): Promise<HfEndpoint[]> {
    return (await this.#all()).filter(({ tags }) => isOursByTags(tags, this.account.portalId))
  }

  /** Every page of the account's endpoints, whoever made them: theirs has twenty unless it is asked for more. */
  async #all(signal?: AbortSignal): Promise<HfEndpoint[]> {
    const path = `/v2/endpoint/${this.account.namespace}`
    const found: HfEndpoint[] = []
    let cursor: string | null | undefined
    do {
      const query = cursor ? `?${new URLSearchParams({ cursor })}` : ''
      const page = await this.#client.read(`${path}${query}`, hfEndpoints, signal ? { signal } : {})
      found.push(...page.items)
      // A page of nothing ends it, whatever comes with it.
      cursor = page.items.length > 0 ? page.nextCursor : null
    } while (cursor)
    return found
  }

  async #replicas(ref: NamedRef) {
    const found = await this.#client
      .read(`${this.#path(ref)}/replica`, hfReplicas)
      .catch(error => ignore(error, ({ status }) => status === 404))
    return found?.items ?? []
  }

  #path = (ref: NamedRef): string => `/v2/endpoint/${this.account.namespace}/${hfName(ref)}`
}

/** Null for refusals that mean that all is well. */
function ignore(error: unknown, isFine: (refusal: HfRefusal) => boolean): null {
  if (error instanceof HfRefusal && isFine(error)) return null
  throw error
}
