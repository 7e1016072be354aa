import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import type { z } from 'zod'

/** Only the user Slipway runs as reads these. */
const MODE = 0o600

function writeTemporary(path: string, content: unknown): string {
  const temporary = `${path}.${process.pid}.${process.hrtime.bigint()}.tmp`
  const fd = openSync(temporary, 'wx', MODE)
  try {
    writeFileSync(fd, `${JSON.stringify(content)}\n`)
    fsyncSync(fd)
    return temporary
  } catch (error) {
    // On a full disk this is tried again and again; it must not leave a file each time.
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(fd)
  }
}

/** Replaces a JSON file in one step: a reader sees the old one or the new one, also after a power cut. */
export function replaceJsonFile(path: string, content: unknown): void {
  const temporary = writeTemporary(path, content)
  try {
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Creates a JSON file whole, once: of several callers, in any processes, exactly one gets true. */
export function createJsonFile(path: string, content: unknown): boolean {
  const temporary = writeTemporary(path, content)
  try {
    linkSync(temporary, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** The content, or null when there is no such file or it is not of this shape. */
export function readJsonFile<T extends z.ZodType>(path: string, schema: T): z.output<T> | null {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
