import { expect, test } from 'vitest'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { EndpointProvider, Wish } from '@/lib/server/providers/port'
import { withScaling } from './specs'
import { PATIENCE, reach, removeWhole, wishOf } from './wished-endpoint'

/** A cloud that starts instances of a container, and tells how many. They run the stub. */
export type Cloud = {
  another: () => EndpointProvider
  specWith: (env?: Record<string, string>) => EndpointSpec
  ask: (address: string | null, route: string) => Promise<Response>
  /** What it says of containers that do not become ready. */
  unhealthy: string
  /** How often a second revision was asked for. */
  updates: () => number
  /** By other means than the provider's. */
  resize: (wish: Wish, instances: number) => unknown
  livingInstances: () => number
}

const LONG = 90_000

/** What is the same in the life of an endpoint at each of them. */
export function cloudLives(current: () => Cloud): void {
  test(
    'an update that fails leaves the old revision at work, says why, and is asked for once',
    async () => {
      const { another, specWith, ask, unhealthy, updates } = current()
      const provider = another()
      const wish = wishOf(specWith({ GREETING: 'old' }))
      const { address } = await reach(provider, wish, 'running')
      const greeting = async () => await (await ask(address, '/env')).json()
      const broken = { ...wish, revision: 2, spec: specWith({ STUB_FAIL: 'boom' }) }
      const seen = await reach(provider, broken, 'updateFailed')
      expect(seen.errorMessage).toContain(unhealthy)
      expect(seen).toMatchObject({ revision: 2, readyReplicas: 1 })
      expect(await greeting()).toMatchObject({ GREETING: 'old' })
      await provider.apply(broken)
      await another().apply(broken)
      expect(updates()).toBe(1)
      const third = { ...wish, revision: 3, spec: specWith({ GREETING: 'new' }) }
      const { replicas } = await reach(provider, third, 'running')
      expect(replicas.map(({ name }) => name)).toEqual([expect.stringMatching(/^r(ev-)?3-/)])
      expect(await greeting()).toMatchObject({ GREETING: 'new' })
      await removeWhole(provider, third)
    },
    LONG,
  )

  test(
    'as many instances as asked for, each counted and each answering; another number is told, and put back if asked',
    async () => {
      const { another, specWith, ask, resize, livingInstances } = current()
      const provider = another()
      const wish = wishOf(withScaling(specWith(), { minReplicas: 2, maxReplicas: 2 }))
      const { address, replicas, readyReplicas } = await reach(provider, wish, 'running')
      expect(readyReplicas).toBe(2)
      expect(new Set(replicas.map(({ id }) => id)).size).toBe(2)
      const pid = async () => await (await ask(address, '/pid')).text()
      expect(new Set([await pid(), await pid()]).size).toBe(2)

      await resize(wish, 1)
      const instances = async () => (await provider.observe(wish))?.setup?.instances
      await expect.poll(instances, PATIENCE).toBe(1)
      await provider.apply(wish)
      expect(await instances()).toBe(1)
      await provider.apply({ ...wish, isAnew: true })
      await expect.poll(instances, PATIENCE).toBe(2)
      await expect.poll(livingInstances, PATIENCE).toBe(2)
      await removeWhole(provider, wish)
      await expect.poll(livingInstances, PATIENCE).toBe(0)
    },
    LONG,
  )
}
