import { expect, it } from 'vitest'
import { events } from '@/lib/server/db/schema/events'
import { makeTeam } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { insertServingEndpoint } from '@/lib/testing/serving-endpoint'
import { bucketsFor } from './buckets'
import { replicaChartsOf } from './replica-charts'

const test = testDatabase()
const nowMs = Math.floor(Date.now() / 1000) * 1000

it('marks each change of the replicas with what and why, newest kept, and nothing else', async () => {
  const endpoint = await insertServingEndpoint(test.db, await makeTeam(test.db))
  const system = { actorKind: 'system', actorName: 'Slipway' } as const
  const person = { actorKind: 'user', actorName: 'Ada' } as const
  const happened = [
    { kind: 'updated', message: 'Revision 2: max replicas 1 → 3.', ...person },
    { kind: 'replicaPhase', message: 'r2-1 is loading the model.', ...system },
    { kind: 'replicaReady', message: 'r2-1 is ready after 4.0 s.', ...system },
    { kind: 'replicaDraining', message: 'r1-1: Finishing its requests: replaced.', ...system },
    { kind: 'scaleToZeroRequested', message: 'Scaled to zero.', ...person },
    { kind: 'pauseRequested', message: 'Paused.', ...person },
    { kind: 'stateChanged', message: 'Running.', data: { from: 'pending', to: 'running' }, ...system },
    {
      kind: 'stateChanged',
      message: 'Scaled to zero: idle for 15 min.',
      data: { from: 'running', to: 'scaledToZero' },
      ...system,
    },
  ] as const
  await test.db.insert(events).values(
    happened.map((event, index) => ({
      ...event,
      endpointId: endpoint.id,
      at: new Date(nowMs - (happened.length - index) * 60_000),
    })),
  )
  const buckets = bucketsFor({ fromMs: nowMs - 3_600_000, toMs: nowMs }, nowMs)
  const { markers } = await replicaChartsOf(test.db, endpoint.id, 1, buckets, nowMs)
  expect(markers.map(({ message }) => message)).toEqual([
    'Revision 2: max replicas 1 → 3. By Ada.',
    'r2-1 is ready after 4.0 s.',
    'r1-1: Finishing its requests: replaced.',
    'Scaled to zero. By Ada.',
    'Paused. By Ada.',
    'Scaled to zero: idle for 15 min.',
  ])
})
