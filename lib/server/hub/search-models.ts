import { z } from 'zod'
import type { Task } from '@/lib/domain/endpoint/task'
import type { HubModelSummary, Weights } from '@/lib/domain/hub/model'
import { ok, type Result } from '@/lib/domain/result'
import { readHub } from './request'
import { hubModel, SUMMARY_KEYS, summaryOf } from './schemas'

const PAGE = 30

/** Models that match, most downloaded first; only those with ONNX weights unless any will do. */
export async function searchModels(query: {
  search: string
  task?: Task | undefined
  author?: string | undefined
  weights?: Weights
}): Promise<Result<HubModelSummary[]>> {
  const params = new URLSearchParams({
    sort: 'downloads',
    direction: '-1',
    limit: String(PAGE),
  })
  if (query.weights !== 'any') params.set('filter', 'onnx')
  for (const key of SUMMARY_KEYS) params.append('expand', key)
  if (query.search) params.set('search', query.search)
  if (query.author) params.set('author', query.author)
  if (query.task) params.set('pipeline_tag', query.task)
  const found = await readHub(`/api/models?${params}`, z.array(hubModel))
  return found.ok ? ok(found.data.map(summaryOf)) : found
}
