import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, it } from 'vitest'
import { makeCloneWithPostgres } from '@/lib/testing/clone-with-postgres'
import { makeThrowawayUser, type ThrowawayUser } from '@/lib/testing/throwaway-user'

const isRoot = process.getuid?.() === 0
const children: ChildProcess[] = []
const leftovers: Array<() => void> = []
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
  for (const clean of leftovers.splice(0).reverse()) clean()
})

/** A clone and a data directory, each below a folder closed to everybody but its owner. */
async function closedPlaces(): Promise<{ root: string; clone: string; data: string; probe: string }> {
  const root = mkdtempSync(join(tmpdir(), 'slipway-closed-'))
  leftovers.push(() => rmSync(root, { recursive: true, force: true }))
  chmodSync(root, 0o755)
  const [clone, data] = [join(root, 'home'), join(root, 'private')]
  for (const folder of [clone, data]) mkdirSync(folder)
  const probe = await makeCloneWithPostgres(join(clone, 'slipway'))
  for (const folder of [clone, data]) chmodSync(folder, 0o700)
  return { root, clone, data, probe }
}

type Answer = { pid: number; port: number; url: string; adopted: boolean }

/** Runs the probe until it is stopped; `end` lets it stop PostgreSQL and waits. */
async function start(probe: string, dataDir: string, user?: ThrowawayUser) {
  const child = spawn(process.execPath, [probe, dataDir], {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  })
  children.push(child)
  if (!child.stdout) throw new Error('no output')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const end = async () => {
    child.stdin?.end()
    if (child.exitCode === null) await once(child, 'exit')
  }
  return { answer: JSON.parse(line) as Answer, end }
}

const modeOf = (path: string) => statSync(path).mode & 0o777
const ownerOf = (pid: number) => statSync(`/proc/${pid}`).uid

it.runIf(isRoot)(
  'as root, with clone and data closed: another place, a pointer, no folder loosened',
  async () => {
    const { clone, data, probe } = await closedPlaces()
    const dataDir = join(data, 'slipway')
    const { answer, end } = await start(probe, dataDir)
    const home = readFileSync(join(dataDir, 'postgres', 'location'), 'utf8').trim()
    leftovers.push(() => rmSync(home, { recursive: true, force: true }))
    expect(home).toMatch(/^\/var\/lib\/slipway\/[0-9a-f]{12}$/)
    expect(ownerOf(answer.pid)).not.toBe(0)
    expect([modeOf(clone), modeOf(data)]).toEqual([0o700, 0o700])
    await end()

    const again = await start(probe, dataDir)
    expect(readFileSync(join(dataDir, 'postgres', 'location'), 'utf8').trim()).toBe(home)
    expect(again.answer.url).toBe(answer.url)
    await again.end()
  },
)

it.runIf(isRoot)(
  'as root, with only the clone closed: the binaries are copied into the data directory',
  async () => {
    const { root, clone, probe } = await closedPlaces()
    const dataDir = join(root, 'open')
    const { answer, end } = await start(probe, dataDir)
    expect(modeOf(dataDir)).toBe(0o711)
    expect(modeOf(clone)).toBe(0o700)
    expect(readFileSync(`/proc/${answer.pid}/cmdline`, 'utf8')).toMatch(
      new RegExp(`^${dataDir}/postgres/server-[\\w.-]+/bin/postgres`),
    )
    expect(answer.port).not.toBe(5432)
    await end()
  },
)

it.runIf(isRoot)('as root, in a data directory somebody else made and closed: it stays closed', async () => {
  const { data, probe } = await closedPlaces()
  const { end } = await start(probe, data)
  expect(modeOf(data)).toBe(0o700)
  const home = readFileSync(join(data, 'postgres', 'location'), 'utf8').trim()
  leftovers.push(() => rmSync(home, { recursive: true, force: true }))
  await end()
})

it('as an ordinary user, with clone and data closed to everybody else', async () => {
  const { root, data, probe } = await closedPlaces()
  const user = isRoot ? makeThrowawayUser() : undefined
  if (user) {
    leftovers.push(() => user.remove())
    execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, root])
  }
  const dataDir = join(data, 'slipway')
  const { answer, end } = await start(probe, dataDir, user)
  expect(ownerOf(answer.pid)).toBe(user?.uid ?? process.getuid?.())
  expect(modeOf(join(dataDir, 'postgres', 'data'))).toBe(0o700)
  expect(modeOf(join(dataDir, 'postgres', 'password'))).toBe(0o600)
  await end()
})
