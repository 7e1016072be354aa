import { setTimeout as sleep } from 'node:timers/promises'
import { endpointDetail } from '@/lib/domain/endpoint/view'
import type { LogLine } from '@/lib/domain/logs/line'
import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { killProgram } from './programs'
import { modelServerPid } from './replica-process'
import { Follower } from './writing-replica/follower'
import { numberOf } from './writing-replica/read-stream'
import { startWorld, type World } from './writing-replica/world'

const RATE = 3_000
const FIRST = { from: 1, count: 100_000 }
/** Of the attempt after the replica was killed: far from where the first one may have got. */
const SECOND = { from: 10_000_001, count: 15_000 }
const READERS = 4

let world: World
test.beforeAll(async () => {
  test.setTimeout(240_000)
  world = await startWorld()
})
test.afterAll(async () => {
  await world.product.stop()
  await world.product.remove()
})

const replicaNow = async () => {
  const { body } = await world.get(world.path(routes.api.endpoint))
  const { replicas } = endpointDetail.parse(await body.json())
  return replicas.find(replica => replica.state === 'running')
}

/** The replica writes until it is killed; how it ends is not the writer's to say. */
const writeUntilKilled = () => world.write(FIRST.from, FIRST.count, RATE).catch(() => {})

test('portal, controller and replica are killed: every reader has every number once, or a marker says what is missing', async () => {
  test.setTimeout(240_000)
  const leaving = AbortSignal.timeout(200_000)
  const last = SECOND.from + SECOND.count - 1
  const followers = Array.from({ length: READERS }, () => new Follower(world))
  const following = Promise.all(
    followers.map(follower => follower.follow(line => numberOf(line.text) === last, leaving)),
  )
  const writing = writeUntilKilled()
  await sleep(2_500)
  await killProgram(world.product, 'portal')
  await sleep(2_500)
  await killProgram(world.product, 'controller')
  await sleep(2_500)
  const before = await expectRunning()
  process.kill(modelServerPid(world.product, before.id), 'SIGKILL')
  await writing
  await expect
    .poll(async () => (await replicaNow())?.restarts ?? 0, { timeout: 90_000 })
    .toBeGreaterThan(before.restarts)
  const again = world.write(SECOND.from, SECOND.count, RATE)
  await sleep(1_500)
  await Promise.all([killProgram(world.product, 'controller'), killProgram(world.product, 'portal')])
  await again
  await following
  for (const { lines } of followers) expectEachNumberOnce(lines)
  // Every reader was given the very same log.
  const [first, ...others] = followers.map(({ lines }) => lines.map(({ seq, text }) => `${seq} ${text}`))
  for (const other of others) expect(other).toEqual(first)
})

async function expectRunning() {
  await expect.poll(async () => (await replicaNow())?.state, { timeout: 90_000 }).toBe('running')
  const replica = await replicaNow()
  if (!replica) throw new Error('The endpoint has no running replica.')
  return replica
}

function expectEachNumberOnce(lines: readonly LogLine[]): void {
  expect(lines.map(line => line.seq)).toEqual(lines.map((_, index) => (lines[0]?.seq ?? 0) + index))
  const written = lines.filter(line => line.dropped !== undefined || line.text.includes(' n='))
  const start = written.findIndex(line => numberOf(line.text) >= SECOND.from)
  // The first attempt was killed while it wrote: its last line may be torn, and what is before that is whole.
  const reached = countUp(written.slice(0, start - 1), FIRST.from)
  expect(reached).toBeGreaterThan(RATE * 5)
  expect(countUp(written.slice(start), SECOND.from)).toBe(SECOND.from + SECOND.count)
}

/** The number after the last, where each line has the next one and a marker stands for as many as it says. */
function countUp(lines: readonly LogLine[], from: number): number {
  let next = from
  for (const line of lines) {
    if (line.dropped === undefined && numberOf(line.text) !== next)
      throw new Error(`Wanted number ${next}, got line ${line.seq}: ${line.text}`)
    next += line.dropped ?? 1
  }
  return next
}
