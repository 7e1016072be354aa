import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tally } from '@/lib/domain/logs/density'
import { inflate, scanFrames } from './block'
import { OpenSegment } from './open-segment'
import { type SourceStates, statesOf, tallyPayload } from './payload'
import { parseSegmentName, recoverOpen, type Segment, sealedSegment } from './segment'

/**
 * Numbers skipped after the machine went down: readers may have seen lines that the disk had not. Giving those
 * numbers to other lines would make a reader who resumes miss them.
 */
const REBOOT_GAP = 1_000_000

export type Loaded = {
  /** Oldest first; the last one is the one to write to, when `open` is set. */
  segments: Segment[]
  open: OpenSegment | null
  states: SourceStates
  nextSeq: number
  tornBytes: number
  /** Call once the first segment of this start of the machine exists. */
  confirmBoot: () => Promise<void>
}

/** Reads a log's folder as whatever ended the last owner left it. */
export async function loadLog(folder: string): Promise<Loaded> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = (await readdir(folder)).sort()
  const found = names.flatMap(name => {
    const parsed = parseSegmentName(name)
    return parsed ? [{ ...parsed, path: join(folder, name) }] : []
  })
  for (const name of names) if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true })
  const loaded: Loaded = {
    segments: [],
    open: null,
    states: {},
    nextSeq: 1,
    tornBytes: 0,
    confirmBoot: async () => {},
  }
  for (const { kind, firstSeq, path } of found) {
    if (kind === 'sealed') {
      loaded.segments.push(await sealedSegment(path, firstSeq))
      continue
    }
    // Sealed, and the crash came before the original was removed.
    if (found.some(other => other.kind === 'sealed' && other.firstSeq === firstSeq)) {
      await rm(path, { force: true })
      continue
    }
    await addOpen(loaded, path, firstSeq)
  }
  if (Object.keys(loaded.states).length === 0) await statesOfNewestSealed(loaded)
  await skipAfterReboot(folder, loaded)
  return loaded
}

async function addOpen(loaded: Loaded, path: string, firstSeq: number): Promise<void> {
  const { frames, validBytes, tornBytes } = await recoverOpen(path)
  if (tornBytes > 0) await truncate(path, validBytes)
  const entries = frames.map(frame => frame.entry)
  const tally: Tally = new Map()
  for (const frame of frames) {
    Object.assign(loaded.states, statesOf(frame.stored))
    tallyPayload(tally, frame.stored)
  }
  loaded.tornBytes += tornBytes
  loaded.open = new OpenSegment(path, firstSeq, { entries, tally, bytes: validBytes })
  loaded.segments.push(loaded.open.segment)
  loaded.nextSeq = Math.max(loaded.nextSeq, firstSeq, (entries.at(-1)?.lastSeq ?? 0) + 1)
}

/** The crash came between sealing and the first record of the next segment. */
async function statesOfNewestSealed(loaded: Loaded): Promise<void> {
  const sealed = loaded.segments.filter(segment => segment.kind === 'sealed').at(-1)
  if (!sealed) return
  for (const { entry, stored } of scanFrames(await readFile(sealed.path)).frames) {
    Object.assign(loaded.states, statesOf(entry.deflated ? await inflate(stored, entry.rawBytes) : stored))
    if (entry.count > 0) loaded.nextSeq = Math.max(loaded.nextSeq, entry.lastSeq + 1)
  }
}

async function skipAfterReboot(folder: string, loaded: Loaded): Promise<void> {
  const path = join(folder, 'boot')
  const boot = await bootId()
  const before = await readFile(path, 'utf8').catch(() => null)
  if (before === boot) return
  const confirmBoot = () => writeFile(path, boot, { mode: 0o600 })
  // No number is given out yet, so none is skipped. Said at once: a crash between the first line and the saying
  // would look like a restart of the machine.
  if (loaded.segments.length === 0) return confirmBoot()
  loaded.confirmBoot = confirmBoot
  loaded.open = null
  loaded.nextSeq += REBOOT_GAP
}

/** Changes with every start of the machine; systems that do not tell count as never restarted. */
const bootId = (): Promise<string> =>
  readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    text => text.trim(),
    () => 'unknown',
  )
