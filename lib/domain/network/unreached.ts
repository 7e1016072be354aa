import { z } from 'zod'
import type { DesiredState } from '@/lib/domain/endpoint/state'
import type { Network } from './network'
import { REACHES } from './reach'
import { reachMessage } from './reach-message'

/** That a gateway has lost its way to a private address: kept on the endpoint's row. */
export const unreached = z.object({
  address: z.string(),
  reach: z.enum(REACHES),
  /** When it was first found so, ISO. */
  since: z.string(),
  /** When a gateway last said so, ISO; rows of before are without. */
  askedAt: z.string().optional(),
})
export type Unreached = z.infer<typeof unreached>

/** As pages and scripts see it; `message` says why and what to do. */
export const unreachedView = z.object({
  since: z.string(),
  /** When a gateway last said so. */
  askedAt: z.string(),
  /** That was too long ago to be said of now: no gateway answers, or nobody asks. */
  isOld: z.boolean(),
  message: z.string(),
})
export type UnreachedView = z.infer<typeof unreachedView>

type Called = { network?: Network | undefined }

/** Where the gateways connect to for it; null where they go by its public name, or callers go there themselves. */
export function privateAddressOf({ network }: Called): string | null {
  const calls = network?.private?.calls
  return calls?.by === 'gateway' ? calls.address : null
}

/** They are asked every 20 s, and one that says nothing is waited for. */
const OLD_MS = 120_000

/** Null too where what was found is about an address that it has no more, or while it is not to answer at all. */
export function unreachedViewOf(
  found: Unreached | null,
  spec: Called,
  desired: DesiredState,
  nowMs: number,
): UnreachedView | null {
  if (!found || desired !== 'present' || found.address !== privateAddressOf(spec)) return null
  const { since, askedAt = since, reach, address } = found
  const isOld = nowMs - Date.parse(askedAt) > OLD_MS
  return { since, askedAt, isOld, message: reachMessage(reach, address) }
}
