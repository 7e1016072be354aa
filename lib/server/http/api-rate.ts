import { type Actor, actorIdOf } from '@/lib/domain/access/actor'
import { fail, ok, type Result } from '@/lib/domain/result'
import { env } from '@/lib/server/env'
import { RateLimit } from './rate-limit'

/** Pages ask in bursts: one that opens, and then nothing for a while. */
const BURST_SECONDS = 10

let limit: RateLimit | undefined

/** Holds one account or token to its share of the API, so that a loop of somebody's script is nobody else's wait. */
export function checkRate(actor: Actor): Result<null> {
  const perSecond = env().SLIPWAY_API_REQUESTS_PER_SECOND
  limit ??= new RateLimit(perSecond * BURST_SECONDS, perSecond)
  const waitMs = limit.take(`${actor.kind}:${actorIdOf(actor)}`)
  if (waitMs === 0) return ok(null)
  const retryAfterSeconds = Math.ceil(waitMs / 1000)
  const message = `More than ${perSecond} requests a second: wait ${retryAfterSeconds} s and ask less often.`
  return fail('rate_limited', message, { retryAfterSeconds })
}
