import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isSameProcess, processStartTime } from '@/lib/server/process-identity'

const owner = z.object({ pid: z.number(), startTime: z.string() })
type Owner = z.infer<typeof owner>

/**
 * One process owns the logs below a folder; a second writer would give the same number to two lines. Returns a
 * function that gives the lock back, or null while another living process holds it.
 */
export async function takeOwnerLock(folder: string): Promise<(() => Promise<void>) | null> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'owner.json')
  const mine: Owner = { pid: process.pid, startTime: processStartTime(process.pid) ?? '' }
  const claim = join(folder, `owner-${randomUUID()}.tmp`)
  await writeFile(claim, JSON.stringify(mine), { mode: 0o600 })
  try {
    // A hard link is made whole or not at all, and never replaces: of two that try, one gets it.
    const taken = await link(claim, path).then(
      () => true,
      () => false,
    )
    if (!taken && !(await takeFromDead(folder, path, claim))) return null
  } finally {
    await rm(claim, { force: true })
  }
  return () => rm(path, { force: true })
}

async function takeFromDead(folder: string, path: string, claim: string): Promise<boolean> {
  if (await isHeld(path)) return false
  // Moved aside first: had somebody taken it in this moment, their lock is what was moved, and it is put back.
  const aside = join(folder, `owner-${randomUUID()}.tmp`)
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (moved && (await isHeld(aside))) {
    await link(aside, path).catch(() => {})
    await rm(aside, { force: true })
    return false
  }
  await rm(aside, { force: true })
  return link(claim, path).then(
    () => true,
    () => false,
  )
}

async function isHeld(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const parsed = owner.safeParse(safeJson(text))
  return parsed.success && isSameProcess(parsed.data)
}

const safeJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
