import { isDeepStrictEqual } from 'node:util'
import type { SeenSetup } from '@/lib/domain/endpoint/drift'
import type { Scaling } from '@/lib/domain/endpoint/spec'
import { ProviderError, type ProviderErrorCode } from '../port'
import { autoscalePath } from './account'
import {
  type AutoscaleSetting,
  type AzureDeployment,
  type AzureEndpoint,
  autoscaleSetting,
  autoscaleSettings,
} from './answers'
import type { AzureClient } from './client'
import { isBusy } from './sighting'
import { type AzureTags, replicasOf } from './tags'

/** Of `Microsoft.Insights/autoscaleSettings`. */
const CALL = { version: '2022-10-01' } as const
/** Azure Monitor looks at this much of the past, and waits as long after each change. */
const WINDOW = 'PT5M'
/** Below this share of the aim one goes: at the aim itself it would come and go. */
const LOW_SHARE = 0.7

/** For a tag: what is wanted can be told without knowing the spec. */
export const replicasText = (scaling: Scaling): string => {
  const range = rangeOf(scaling)
  return range ? `${range.least}-${range.most} at ${range.requestsPerMinute}` : String(scaling.minReplicas)
}

/** From the text that `replicasText` made; null where it is one number. */
export function rangeOfText(text: string | null): Range | null {
  const [, least, most, requestsPerMinute] = /^(\d+)-(\d+) at (\d+)$/.exec(text ?? '') ?? []
  if (!least) return null
  return { least: Number(least), most: Number(most), requestsPerMinute: Number(requestsPerMinute) }
}

/** Between which numbers, and at how many requests a minute each; null where it is one number. */
export type Range = { least: number; most: number; requestsPerMinute: number }

export function rangeOf({ minReplicas, maxReplicas, requestsPerMinute }: Scaling): Range | null {
  if (minReplicas >= maxReplicas || requestsPerMinute === undefined) return null
  return { least: minReplicas, most: maxReplicas, requestsPerMinute }
}

type Target = {
  /** The deployment's name and whole path. */
  name: string
  id: string
  location: string
  tags: Readonly<Record<string, string>>
}

/** What Azure Monitor is asked for: one up over the aim, one down well below it, per instance and minute. */
export function autoscaleBody(
  { name, id, location, tags }: Target,
  { least, most, requestsPerMinute }: Range,
) {
  const rule = (operator: string, threshold: number, direction: string) => ({
    metricTrigger: {
      metricName: 'RequestsPerMinute',
      metricNamespace: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments',
      metricResourceUri: id,
      timeGrain: 'PT1M',
      statistic: 'Average',
      timeWindow: WINDOW,
      timeAggregation: 'Average',
      operator,
      threshold,
      dividePerInstance: true,
    },
    scaleAction: { direction, type: 'ChangeCount', value: '1', cooldown: WINDOW },
  })
  const capacity = { minimum: String(least), maximum: String(most), default: String(least) }
  const rules = [
    rule('GreaterThan', requestsPerMinute, 'Increase'),
    rule('LessThan', Math.floor(requestsPerMinute * LOW_SHARE), 'Decrease'),
  ]
  return {
    location,
    tags,
    properties: {
      enabled: true,
      targetResourceUri: id,
      targetResourceLocation: location,
      profiles: [{ name, capacity, rules }],
    },
  }
}

/** What a setting does, as `Range`; null for one that is not as ours are. */
export function rangeIn({ properties }: AutoscaleSetting): Range | null {
  const [profile] = properties.profiles
  const requestsPerMinute = profile?.rules[0]?.metricTrigger.threshold
  if (!profile || requestsPerMinute === undefined || properties.enabled === false) return null
  const { minimum, maximum } = profile.capacity
  return { least: Number(minimum), most: Number(maximum), requestsPerMinute }
}

/** Azure Monitor's autoscale settings of the endpoints' deployments: one each, beside the workspace. */
export class DeploymentScaling {
  constructor(private readonly client: AzureClient) {}

  /**
   * How many instances an endpoint's deployment has, or how it is scaled, and whether both are open to the internet;
   * `isIncomplete` where its scaling is not what its tags say, also where the app may not look. Nothing is said of the
   * number while it changes.
   */
  async look(endpoint: AzureEndpoint, deployment: AzureDeployment): Promise<Look> {
    const { name, tags, sku } = deployment
    const instances = sku?.capacity ?? 1
    const isOnInternet = endpoint.properties.publicNetworkAccess === 'Enabled'
    const told = (setup: SeenSetup) => (isBusy(deployment) ? {} : { setup: { ...setup, isOnInternet } })
    const range = rangeOfText(replicasOf(tags))
    if (range === null) return { isIncomplete: false, ...told({ instances }) }
    try {
      const found = await this.client.find(
        this.#path(settingName(endpoint.name, name)),
        autoscaleSetting,
        CALL,
      )
      const seen = found && rangeIn(found)
      const setup = seen ? { scaling: scalingOf(seen) } : { instances }
      return { isIncomplete: !isDeepStrictEqual(seen, range), ...told(setup) }
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'permission') return { isIncomplete: true }
      throw error
    }
  }

  /** All of the resource group, whoever set them; an app that may not look sees none. */
  async all(signal?: AbortSignal): Promise<AutoscaleSetting[]> {
    const call = { ...CALL, ...(signal ? { signal } : {}) }
    return await this.client
      .list(autoscalePath(this.client.account), autoscaleSettings, call)
      .catch(noneIfDenied)
  }

  /** Whether a deployment is scaled as wanted; also not where the app may not look. */
  async isSet(endpoint: string, deployment: string, range: Range): Promise<boolean> {
    try {
      const path = this.#path(settingName(endpoint, deployment))
      const found = await this.client.find(path, autoscaleSetting, CALL)
      return found !== null && isSame(rangeIn(found), range)
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'permission') return false
      throw error
    }
  }

  /** Puts what is given in place of what was. The deployment must be there. */
  async set(endpoint: string, target: Target, range: Range): Promise<void> {
    const path = this.#path(settingName(endpoint, target.name))
    await this.client.send(path, { ...CALL, method: 'PUT', body: autoscaleBody(target, range) })
  }

  /**
   * Those of one endpoint, but of the deployment that is kept. Azure leaves them behind when deployments go. An app
   * that may not look sees none: what costs must not be kept by it. True when there is none left.
   * @throws ProviderError for one that may not be deleted.
   */
  async deleteOthers(endpoint: string, isMine: (tags: AzureTags) => boolean, kept: string | null) {
    const found = await this.client
      .list(autoscalePath(this.client.account), autoscaleSettings, CALL)
      .catch(noneIfDenied)
    const others = found.filter(
      ({ name, tags }) =>
        name.startsWith(`${endpoint}-`) &&
        isMine(tags) &&
        (kept === null || name !== settingName(endpoint, kept)),
    )
    for (const { name } of others)
      await this.client.send(this.#path(name), { ...CALL, method: 'DELETE' }).catch(noneIf('not_found'))
    return others.length === 0
  }

  #path = (name: string): string => `${autoscalePath(this.client.account)}/${name}`
}

type Look = { isIncomplete: boolean; setup?: SeenSetup }

export const scalingOf = ({ least, most, requestsPerMinute }: Range): NonNullable<SeenSetup['scaling']> => ({
  minReplicas: least,
  maxReplicas: most,
  scaleToZeroTimeoutMinutes: null,
  requestsPerMinute,
})

const settingName = (endpoint: string, deployment: string): string => `${endpoint}-${deployment}`

const isSame = (one: Range | null, other: Range): boolean =>
  one?.least === other.least && one.most === other.most && one.requestsPerMinute === other.requestsPerMinute

const noneIf =
  (...codes: readonly ProviderErrorCode[]) =>
  (error: unknown): [] => {
    if (error instanceof ProviderError && codes.includes(error.code)) return []
    throw error
  }
export const noneIfDenied = noneIf('permission', 'not_found')
