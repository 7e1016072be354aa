import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Delta, type DeltaLine, deltaLine } from './delta'
import { type Owner, owner } from './owner'

/** First line of a spool file: whose it is. */
const header = z.object({ spool: z.literal(1), ...owner.shape })

/** Last line of a file whose process ended by itself: nothing is missing. */
const END = '{"end":true}'
const FILE_NAME = /^spool-(\d+)-(.+)\.jsonl$/

export type SpoolFile = { path: string; minuteMs: number; processId: string }
export type SpoolContent = {
  owner: Owner
  delta: Delta
  endedCleanly: boolean
  /** Lines that were cut off by a crash or a full disk. */
  unreadableLines: number
}

/**
 * What this process measured, on disk: one file per minute, a line per second with the state of what changed. A file
 * lives until its minute is over and in the database; what is left behind by a crash is replayed by whoever comes
 * next. Not synced: it is for crashes of the process, not of the machine.
 */
export class Spool {
  private readonly handles = new Map<number, FileHandle>()

  constructor(
    readonly folder: string,
    private readonly owner: Owner,
  ) {}

  /** @throws Error when the disk refuses; the line may then be there in part, which readers skip. */
  async append(minuteMs: number, line: DeltaLine): Promise<void> {
    const handle = await this.handleOf(minuteMs)
    // The newline in front ends a line that a full disk cut off.
    await writeAll(handle, `\n${JSON.stringify(line)}\n`)
  }

  /** Says in every file that is still open that its process ended by itself. */
  async end(): Promise<void> {
    for (const handle of this.handles.values()) {
      await writeAll(handle, `\n${END}\n`)
      await handle.close()
    }
    this.handles.clear()
  }

  /** The minute's rows are in the database. A file that cannot be removed is replayed once more: harmless. */
  async remove(minuteMs: number): Promise<void> {
    await this.release(minuteMs)
    await rm(this.pathOf(minuteMs), { force: true }).catch(() => {})
  }

  /** Leaves the minute's file to be replayed. */
  async release(minuteMs: number): Promise<void> {
    await this.handles
      .get(minuteMs)
      ?.close()
      .catch(() => {})
    this.handles.delete(minuteMs)
  }

  private pathOf(minuteMs: number): string {
    return join(this.folder, `spool-${minuteMs}-${this.owner.processId}.jsonl`)
  }

  private async handleOf(minuteMs: number): Promise<FileHandle> {
    const known = this.handles.get(minuteMs)
    if (known) return known
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const handle = await open(this.pathOf(minuteMs), 'a', 0o600)
    try {
      await writeAll(handle, `${JSON.stringify({ spool: 1, ...this.owner })}\n`)
    } catch (error) {
      // Without its first line nobody could read what follows.
      await handle.close()
      await rm(this.pathOf(minuteMs), { force: true })
      throw error
    }
    this.handles.set(minuteMs, handle)
    return handle
  }
}

async function writeAll(handle: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  // A full disk may take part of it without an error; the rest then fails.
  for (let written = 0; written < bytes.length; ) {
    written += (await handle.write(bytes, written)).bytesWritten
  }
}

/** All spool files of a folder, oldest first. */
export async function spoolFiles(folder: string): Promise<SpoolFile[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .flatMap(name => {
      const match = FILE_NAME.exec(name)
      const [, minute, processId] = match ?? []
      return minute && processId ? [{ path: join(folder, name), minuteMs: Number(minute), processId }] : []
    })
    .sort((a, b) => a.minuteMs - b.minuteMs)
}

/** Reads a file back; null when not even its first line is whole: its process ended while making it, or is at it. */
export async function readSpool(path: string): Promise<SpoolContent | null> {
  const [first = '', ...lines] = (await readFile(path, 'utf8')).split('\n')
  const begin = header.safeParse(parseJson(first))
  if (!begin.success) return null
  const delta = new Delta()
  let unreadableLines = 0
  let endedCleanly = false
  for (const text of lines) {
    if (text === '') continue
    if (text === END) {
      endedCleanly = true
      continue
    }
    const line = deltaLine.safeParse(parseJson(text))
    if (line.success) delta.fold(line.data)
    else unreadableLines++
  }
  return { owner: begin.data, delta, endedCleanly, unreadableLines }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
