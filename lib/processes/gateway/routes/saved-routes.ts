import { mkdirSync, readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ReadSnapshot } from './snapshot'

const saved = z.object({ readAt: z.coerce.date(), snapshot: z.record(z.string(), z.unknown()) })

/**
 * The last routes on disk, so that a gateway serves across its own restart while the database is down. They hold
 * hashes of tokens: readable by the owner only.
 */
export class SavedRoutes {
  private readonly folder: string
  private readonly path: string

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'gateway')
    this.path = join(this.folder, 'routes.json')
  }

  /** Null when there are none, or none that can be read. */
  load(): ReadSnapshot | null {
    try {
      const { readAt, snapshot } = saved.parse(JSON.parse(readFileSync(this.path, 'utf8')))
      return { readAt, text: JSON.stringify(snapshot) }
    } catch {
      return null
    }
  }

  /** Replaces the file in one step. @throws Error when the disk refuses. */
  async save({ text, readAt }: ReadSnapshot): Promise<void> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    const temporary = `${this.path}.${process.pid}.tmp`
    await writeFile(temporary, `{"readAt":"${readAt.toISOString()}","snapshot":${text}}\n`, { mode: 0o600 })
    await rename(temporary, this.path)
  }
}
