import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { HubFile } from './repository'
import type { HubSource } from './source'

/**
 * The cache as huggingface_hub lays it out below HF_HOME, so that both find what the other downloaded:
 * `hub/models--owner--name/{blobs/<hash>, snapshots/<commit>/<path> → blob, refs/<branch>}`.
 */
export class ModelCache {
  readonly #root: string

  constructor(readonly source: HubSource) {
    this.#root = join(source.home, 'hub', `models--${source.repository.replaceAll('/', '--')}`)
  }

  snapshot(commit: string): string {
    return join(this.#root, 'snapshots', commit)
  }

  has(commit: string, file: HubFile): boolean {
    return existsSync(join(this.snapshot(commit), file.path))
  }

  /** Where a file's content is kept, under the name the Hub gives it. */
  blob(commit: string, file: HubFile): string {
    const name = file.hash?.hex ?? createHash('sha256').update(`${commit}/${file.path}`).digest('hex')
    return join(this.#root, 'blobs', name)
  }

  /** Shows a downloaded blob under its path in the snapshot. */
  async link(commit: string, file: HubFile): Promise<void> {
    const path = join(this.snapshot(commit), file.path)
    const temporary = `${path}.${process.pid}.tmp`
    await mkdir(dirname(path), { recursive: true })
    await rm(temporary, { force: true })
    await symlink(relative(dirname(path), this.blob(commit, file)), temporary)
    await rename(temporary, path)
  }

  async writeRef(commit: string): Promise<void> {
    const { revision } = this.source
    if (revision === commit) return
    const path = join(this.#root, 'refs', ...revision.split('/').filter(part => part !== '..'))
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.${process.pid}.tmp`, commit)
    await rename(`${path}.${process.pid}.tmp`, path)
  }

  /** The commit this revision was when it was last downloaded; null when it never was. */
  async knownCommit(): Promise<string | null> {
    const { revision } = this.source
    const commit = /^[0-9a-f]{40}$/.test(revision)
      ? revision
      : await readFile(join(this.#root, 'refs', revision), 'utf8').catch(() => null)
    return commit !== null && existsSync(join(this.snapshot(commit.trim()), 'config.json'))
      ? commit.trim()
      : null
  }
}
