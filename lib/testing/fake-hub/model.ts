import { createHash } from 'node:crypto'

/** One repository of the stand-in. Only `id` and what a test looks at need to be given. */
export type FakeModel = {
  id: string
  /** Path to content. Paths with an extension of weights are stored as the Hub stores large files. */
  files?: Record<string, string | Uint8Array>
  pipelineTag?: string
  libraryName?: string
  tags?: string[]
  likes?: number
  downloads?: number
  lastModified?: string
  createdAt?: string
  gated?: false | 'auto' | 'manual'
  private?: boolean
  disabled?: boolean
  /** Bearer tokens that may read it although it is gated or private. */
  allowedTokens?: string[]
  safetensors?: { parameters: Record<string, number>; total: number }
  config?: Record<string, unknown>
  cardData?: Record<string, unknown>
  /** Who serves it hosted: provider to task. */
  servedBy?: Record<string, string>
  /** Branches and tags that are commits of their own; `main` is always there. */
  branches?: Record<string, Record<string, string | Uint8Array>>
}

export type FakeFile = { path: string; bytes: Buffer; isLarge: boolean; etag: string; blobId: string }

const LARGE = /\.(onnx|onnx_data.*|safetensors|bin|gguf|pt|h5)$/

/** Files of a revision (a branch, a tag or a commit); null when there is no such revision. */
export function filesAt(model: FakeModel, revision: string): FakeFile[] | null {
  const branches = { ...model.branches, main: model.files ?? {} }
  for (const [name, files] of Object.entries(branches)) {
    if (revision === name || revision === commitOf(model, name)) {
      return Object.entries(files).map(([path, content]) => toFile(path, content))
    }
  }
  return null
}

function toFile(path: string, content: string | Uint8Array): FakeFile {
  const bytes = Buffer.from(content)
  const blobId = createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex')
  const isLarge = LARGE.test(path)
  const etag = isLarge ? createHash('sha256').update(bytes).digest('hex') : blobId
  return { path, bytes, isLarge, etag, blobId }
}

/** A commit hash that changes with the content, as git's does. */
export function commitOf(model: FakeModel, revision = 'main'): string {
  if (/^[0-9a-f]{40}$/.test(revision)) return revision
  const files = revision === 'main' ? model.files : model.branches?.[revision]
  const hash = createHash('sha1').update(model.id)
  for (const [path, content] of Object.entries(files ?? {})) hash.update(path).update(Buffer.from(content))
  return hash.digest('hex')
}

export const toRefs = (model: FakeModel) => ({
  branches: ['main', ...Object.keys(model.branches ?? {})].map(name => ({
    name,
    ref: `refs/heads/${name}`,
    targetCommit: commitOf(model, name),
  })),
  tags: [],
})

/** What the Hub's `expand` may name; anything else is refused (HUBAPI). */
export const EXPANDABLE: ReadonlySet<string> = new Set(
  (
    'author baseModels cardData childrenModelCount config createdAt disabled downloads downloadsAllTime evalResults ' +
    'gated gguf inference inferenceProviderMapping lastModified library_name likes mask_token model-index ' +
    'pipeline_tag private resourceGroup safetensors sha siblings spaces tags transformersInfo trendingScore ' +
    'usedStorage widgetData'
  ).split(' '),
)

export const expandOf = (query: URLSearchParams): string[] => [
  ...query.getAll('expand'),
  ...query.getAll('expand[]'),
]

/** The Hub's JSON of a model; `expand` limits it to the named keys, as the Hub does. */
export function toJson(
  model: FakeModel,
  { revision = 'main', blobs = false, expand = [] as string[] } = {},
): Record<string, unknown> {
  const siblings = (filesAt(model, revision) ?? []).map(file => ({
    rfilename: file.path,
    ...(blobs && { blobId: file.blobId, size: file.bytes.byteLength }),
    ...(blobs &&
      file.isLarge && { lfs: { sha256: file.etag, size: file.bytes.byteLength, pointerSize: 134 } }),
  }))
  const all: Record<string, unknown> = {
    author: model.id.split('/')[0],
    sha: commitOf(model, revision),
    lastModified: model.lastModified ?? '2026-01-01T00:00:00.000Z',
    createdAt: model.createdAt ?? '2025-01-01T00:00:00.000Z',
    private: model.private ?? false,
    gated: model.gated ?? false,
    disabled: model.disabled ?? false,
    likes: model.likes ?? 0,
    downloads: model.downloads ?? 0,
    tags: model.tags ?? [],
    pipeline_tag: model.pipelineTag,
    library_name: model.libraryName,
    safetensors: model.safetensors,
    config: model.config,
    cardData: model.cardData,
    inferenceProviderMapping: Object.fromEntries(
      Object.entries(model.servedBy ?? {}).map(([name, task]) => [name, { status: 'live', task }]),
    ),
    siblings,
  }
  const keys = expand.length > 0 ? expand : Object.keys(all)
  return { _id: model.id, id: model.id, ...Object.fromEntries(keys.map(key => [key, all[key]])) }
}
