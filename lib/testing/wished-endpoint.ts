import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { EndpointProvider, Wish } from '@/lib/server/providers/port'

export const PATIENCE = { timeout: 40_000, interval: 100 }

export const wishOf = (spec: EndpointSpec, changes: Partial<Wish> = {}): Wish => ({
  endpointId: randomUUID(),
  endpointName: `e-${randomUUID().slice(0, 6)}`,
  teamSlug: 'main',
  desired: 'present',
  revision: 1,
  spec,
  secrets: {},
  ...changes,
})

/** Applies again and again, as a controller does, until it is in this state. */
export async function reach(provider: EndpointProvider, wish: Wish, state: string) {
  const look = async () => {
    const sighting = await provider.observe(wish)
    const isThere = sighting?.state === state && sighting.revision === wish.revision
    if (!isThere) await provider.apply(wish).catch(() => {})
    return isThere ? sighting : null
  }
  let last: Awaited<ReturnType<typeof look>> = null
  await expect
    .poll(async () => {
      last = await look()
      return last?.state
    }, PATIENCE)
    .toBe(state)
  if (!last) throw new Error('reached a state without a sighting')
  return last as NonNullable<Awaited<ReturnType<EndpointProvider['observe']>>>
}

export async function removeWhole(provider: EndpointProvider, wish: Wish) {
  await expect.poll(() => provider.remove(wish), PATIENCE).toBe(true)
}
