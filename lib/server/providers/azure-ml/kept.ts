import { z } from 'zod'
import { type AzureTags, takenOf } from './tags'

const probe = z.object({
  initialDelay: z.string().nullish(),
  period: z.string().nullish(),
  timeout: z.string().nullish(),
  successThreshold: z.number().nullish(),
  failureThreshold: z.number().nullish(),
})

/** What a deployment is told that our spec has no word for, but `requestTimeout`. */
export const KEPT = {
  livenessProbe: probe.nullish().catch(null),
  readinessProbe: probe.nullish().catch(null),
  startupProbe: probe.nullish().catch(null),
  requestSettings: z
    .object({
      maxConcurrentRequestsPerInstance: z.number().nullish(),
      maxQueueWait: z.string().nullish(),
      requestTimeout: z.string().nullish(),
    })
    .nullish()
    .catch(null),
  appInsightsEnabled: z.boolean().nullish().catch(null),
}
const kept = z.object(KEPT)
export type Kept = z.infer<typeof kept>
const FIELDS = kept.keyof().options

/** A model is downloaded and loaded within these: 10 s × 180 are half an hour. */
const PATIENT = { initialDelay: 'PT10S', period: 'PT10S', timeout: 'PT5S', failureThreshold: 180 }
const OURS: Kept = {
  livenessProbe: PATIENT,
  readinessProbe: PATIENT,
  // Azure's default of 1 would queue before a server that batches; the gateway limits what a team may ask.
  requestSettings: { maxConcurrentRequestsPerInstance: 100 },
}

const tagOf = (field: string): string => `slipway:kept-${field}`

/**
 * What was there when an endpoint was taken over, for its tags: they outlive its deployments, which go with an update
 * and with a pause. One tag each, because Azure takes no more than 256 characters.
 */
export const keptTags = (told: Kept): Record<string, string> =>
  Object.fromEntries(
    FIELDS.flatMap(field => (told[field] == null ? [] : [[tagOf(field), JSON.stringify(told[field])]])),
  )

/** What a new deployment is told: as it was where somebody else's was taken over, else as we have it. */
export function keptOf(tags: AzureTags): Partial<Kept> {
  if (takenOf(tags) === null) return OURS
  const told = kept.parse(Object.fromEntries(FIELDS.map(field => [field, jsonOf(tags[tagOf(field)])])))
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value != null))
}

/** Nothing where somebody wrote into the tag. */
function jsonOf(text: string | null | undefined): unknown {
  try {
    return text == null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** Of an ISO 8601 duration as Azure has them; null for anything else. */
export function secondsOf(duration: string | null | undefined): number | null {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration ?? '')
  if (!parts || duration === 'PT') return null
  const [hours, minutes, seconds] = parts.slice(1).map(part => Number(part ?? 0))
  return (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}
