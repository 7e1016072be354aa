import { Sketch } from '@/lib/domain/latency/sketch'
import { MERGED_UUID } from '@/lib/server/db/schema/request-rollups'
import type { DeltaLine } from './delta'
import { CLIENT_LEFT, type Measurement } from './measurement'
import { encoded } from './row-sum'

type TokenSum = {
  endpointId: string
  tokenId: string
  statusClass: number
  requests: number
  total: Sketch
  isChanged: boolean
}
/** First digit of the status code; a client that left is neither success nor error and a class by itself. */
const tokenClassOf = (status: number): number =>
  status === CLIENT_LEFT ? CLIENT_LEFT : Math.floor(status / 100)

type RefusalSum = { teamId: string; status: number; requests: number; isChanged: boolean }

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}

/** What is kept per minute: requests per endpoint × token × class, and refusals per team × status. */
export class MinuteSums {
  /** Endpoint, then token and class: two lookups without building a key. */
  private readonly tokens = new Map<string, Map<string, Map<number, TokenSum>>>()
  private readonly refusals = new Map<string, RefusalSum>()

  constructor(private readonly windowMs: number) {}

  add({ endpointId, tokenId: token, status, totalUs }: Measurement): void {
    const tokenId = token ?? MERGED_UUID
    const byToken = getOrMake(this.tokens, endpointId, () => new Map<string, Map<number, TokenSum>>())
    const byClass = getOrMake(byToken, tokenId, () => new Map<number, TokenSum>())
    const statusClass = tokenClassOf(status)
    const sum = getOrMake(byClass, statusClass, () => ({
      endpointId,
      tokenId,
      statusClass,
      requests: 0,
      total: new Sketch(),
      isChanged: true,
    }))
    sum.requests++
    sum.total.add(totalUs)
    sum.isChanged = true
  }

  refuse(teamId: string | null, status: number): void {
    const sum = getOrMake(this.refusals, `${teamId}|${status}`, () => ({
      teamId: teamId ?? MERGED_UUID,
      status,
      requests: 0,
      isChanged: true,
    }))
    sum.requests++
    sum.isChanged = true
  }

  /** Appends the rows that changed since the last call. */
  collect(into: DeltaLine): void {
    const { windowMs } = this
    for (const byToken of this.tokens.values()) {
      for (const byClass of byToken.values()) {
        for (const sum of byClass.values()) {
          if (!sum.isChanged) continue
          sum.isChanged = false
          const { endpointId, tokenId, statusClass, requests } = sum
          into.tokens.push({
            windowMs,
            endpointId,
            tokenId,
            statusClass,
            requests,
            total: encoded(sum.total),
          })
        }
      }
    }
    for (const sum of this.refusals.values()) {
      if (!sum.isChanged) continue
      sum.isChanged = false
      into.refusals.push({ windowMs, teamId: sum.teamId, status: sum.status, requests: sum.requests })
    }
  }
}
