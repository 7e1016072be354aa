import { expandOf, type FakeModel, toJson } from './model'

type Page = { models: Record<string, unknown>[]; nextCursor: string | null }

const SORTS: Record<string, (model: FakeModel) => number | string> = {
  downloads: model => model.downloads ?? 0,
  trendingScore: model => model.likes ?? 0,
  likes: model => model.likes ?? 0,
  lastModified: model => model.lastModified ?? '',
  createdAt: model => model.createdAt ?? '',
  id: model => model.id,
}

/** `GET /api/models`: private models only for a token that may see them. */
export function searchModels(
  models: readonly FakeModel[],
  query: URLSearchParams,
  token: string | null,
): Page {
  const limit = Number(query.get('limit') ?? 1000)
  const offset = Number(query.get('cursor') ?? 0)
  const sort = SORTS[query.get('sort') ?? 'trendingScore'] ?? SORTS.trendingScore
  const found = models
    .filter(model => !model.private || (token !== null && (model.allowedTokens ?? []).includes(token)))
    .filter(model => matches(model, query))
    .sort((a, b) => compare(sort?.(b) ?? 0, sort?.(a) ?? 0))
  const next = offset + limit
  return {
    models: found.slice(offset, next).map(model => toJson(model, { expand: expandOf(query) })),
    nextCursor: next < found.length ? String(next) : null,
  }
}

const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0)

function matches(model: FakeModel, query: URLSearchParams): boolean {
  const search = query.get('search')?.toLowerCase()
  const author = query.get('author')
  const pipelineTag = query.get('pipeline_tag')
  const gated = query.get('gated')
  const filters = query.getAll('filter').flatMap(value => value.split(','))
  const labels = [...(model.tags ?? []), model.libraryName, model.pipelineTag]
  return (
    (!search || model.id.toLowerCase().includes(search)) &&
    (!author || model.id.startsWith(`${author}/`)) &&
    (!pipelineTag || model.pipelineTag === pipelineTag) &&
    (!gated || String(Boolean(model.gated)) === gated) &&
    filters.every(filter => labels.includes(filter))
  )
}
