import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askHub, encodePath } from './client'
import type { HubFile } from './repository'
import { HubRefusal, type HubSource } from './source'

const ATTEMPTS = 5
const PAUSE_MS = 1000

/** What has arrived of one file so far. */
type Partial = { handle: FileHandle; hash: Hash; bytes: number }

/**
 * Downloads one file at a commit into `target`, which appears whole, with the hash the Hub states, or not at all. A
 * connection that breaks is taken up where it broke.
 */
export async function downloadFile(
  source: HubSource,
  request: { commit: string; file: HubFile; target: string },
  onBytes: (bytes: number) => void,
): Promise<void> {
  const { commit, file, target } = request
  const temporary = `${target}.${process.pid}.incomplete`
  await mkdir(dirname(target), { recursive: true })
  const handle = await open(temporary, 'w')
  try {
    const partial: Partial = { handle, hash: newHash(file), bytes: 0 }
    const path = `/${encodePath(source.repository)}/resolve/${commit}/${encodePath(file.path)}`
    for (let attempt = 1; ; attempt++) {
      try {
        await receive(source, path, { partial, file, onBytes })
        break
      } catch (error) {
        if (error instanceof HubRefusal || attempt === ATTEMPTS) throw error
        await sleep(PAUSE_MS)
      }
    }
    verify(file, partial)
    await handle.sync()
    await handle.close()
    await rename(temporary, target)
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(temporary, { force: true })
    throw error
  }
}

async function receive(
  source: HubSource,
  path: string,
  { partial, file, onBytes }: { partial: Partial; file: HubFile; onBytes: (bytes: number) => void },
): Promise<void> {
  const range: Record<string, string> = partial.bytes > 0 ? { Range: `bytes=${partial.bytes}-` } : {}
  const response = await askHub(source, path, range)
  if (partial.bytes > 0 && response.status !== 206) {
    onBytes(-partial.bytes)
    await partial.handle.truncate(0)
    Object.assign(partial, { hash: newHash(file), bytes: 0 })
  }
  if (!response.body) throw new Error(`${file.path} came without content.`)
  for await (const chunk of response.body) {
    await partial.handle.write(chunk, 0, chunk.byteLength, partial.bytes)
    partial.hash.update(chunk)
    partial.bytes += chunk.byteLength
    onBytes(chunk.byteLength)
  }
  if (file.sizeBytes !== null && partial.bytes < file.sizeBytes) throw new Error(`${file.path} ended early.`)
}

/** Git hashes a blob with a header that states its size. */
function newHash(file: HubFile): Hash {
  if (file.hash?.kind !== 'git') return createHash('sha256')
  return createHash('sha1').update(`blob ${file.sizeBytes ?? 0}\0`)
}

function verify(file: HubFile, partial: Partial): void {
  if (file.sizeBytes !== null && partial.bytes !== file.sizeBytes) {
    throw new HubRefusal(
      `${file.path} is ${partial.bytes} bytes long, not ${file.sizeBytes} as the Hub states.`,
    )
  }
  if (file.hash === null || (file.hash.kind === 'git' && file.sizeBytes === null)) return
  if (partial.hash.digest('hex') !== file.hash.hex) {
    throw new HubRefusal(`${file.path} arrived with another content than the Hub states.`)
  }
}
