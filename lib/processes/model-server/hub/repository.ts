import { z } from 'zod'
import { askHub, encodePath } from './client'
import type { HubSource } from './source'

const sibling = z.object({
  rfilename: z.string(),
  size: z.number().int().nonnegative().nullish(),
  blobId: z.string().nullish(),
  lfs: z.object({ sha256: z.string().optional(), size: z.number().optional() }).nullish(),
})
const modelInfo = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  siblings: z.array(sibling).default([]),
})

export type HubFile = {
  path: string
  sizeBytes: number | null
  /** SHA-256 of the content (large files), or git's SHA-1 of it as a blob: both are checked after download. */
  hash: { kind: 'sha256' | 'git'; hex: string } | null
}

export type Repository = { commit: string; files: HubFile[] }

/** Resolves a revision to its commit and lists the files there. */
export async function describeRepository(source: HubSource): Promise<Repository> {
  const path = `/api/models/${encodePath(source.repository)}/revision/${encodeURIComponent(source.revision)}?blobs=true`
  const response = await askHub(source, path)
  const parsed = modelInfo.safeParse(await response.json().catch(() => null))
  if (!parsed.success)
    throw new Error(`${source.endpoint} did not answer like the Hub for ${source.repository}.`)
  return { commit: parsed.data.sha, files: parsed.data.siblings.filter(isSafe).map(toFile) }
}

/** A repository is not trusted: nothing it names may be written outside of its own folder. */
const isSafe = ({ rfilename }: z.infer<typeof sibling>): boolean =>
  !rfilename.includes('\\') &&
  !rfilename.includes('\0') &&
  rfilename.split('/').every(part => part !== '' && part !== '.' && part !== '..')

function toFile(entry: z.infer<typeof sibling>): HubFile {
  const sha256 = entry.lfs?.sha256
  const hash = sha256
    ? ({ kind: 'sha256', hex: sha256 } as const)
    : entry.blobId && /^[0-9a-f]{40}$/.test(entry.blobId)
      ? ({ kind: 'git', hex: entry.blobId } as const)
      : null
  return { path: entry.rfilename, sizeBytes: entry.lfs?.size ?? entry.size ?? null, hash }
}
