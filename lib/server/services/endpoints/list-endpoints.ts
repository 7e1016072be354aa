import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import { canListEndpoints, canSeeEndpoint } from '@/lib/domain/access/rights'
import type { listEndpointsInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointSort } from '@/lib/domain/endpoint/sort'
import { ENDPOINT_STATES } from '@/lib/domain/endpoint/state'
import type { EndpointSummary } from '@/lib/domain/endpoint/view'
import { ok, type Result } from '@/lib/domain/result'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { readSummaries, type Summarized } from './summary'

type Input = z.output<typeof listEndpointsInput>

/** The team's endpoints, or its deleted ones, filtered and sorted; never paged, a team has dozens, not millions. */
export async function listEndpoints(
  ctx: Context,
  input: Input,
): Promise<Result<{ items: EndpointSummary[] }>> {
  const found = await listSummarized(ctx, input)
  return found.ok ? ok({ items: found.data.map(({ summary }) => summary) }) : found
}

/** The same with rows and specs, for the HF-compatible API. */
export async function listSummarized(ctx: Context, input: Input): Promise<Result<Summarized[]>> {
  const team = await requireTeam(ctx, input.team, canListEndpoints, 'list endpoints')
  if (!team.ok) return team
  const all = await readSummaries(
    ctx.db,
    team.data.slug,
    and(
      eq(endpoints.teamId, team.data.id),
      input.deleted ? isNotNull(endpoints.removedAt) : isNull(endpoints.removedAt),
    ),
  )
  const sign = input.direction === 'asc' ? 1 : -1
  const shown = all
    .filter(({ row, summary }) => canSeeEndpoint(ctx.actor, row) && matches(summary, input))
    .sort((a, b) => sign * compare(a.summary, b.summary, input.sort) || byName(a.summary, b.summary))
  return ok(shown)
}

function matches(endpoint: EndpointSummary, { search, states, tags }: Input): boolean {
  if (states?.length && !states.includes(endpoint.state)) return false
  if (tags?.length && !tags.every(tag => endpoint.tags.includes(tag))) return false
  const text = [endpoint.name, endpoint.model, endpoint.task, ...endpoint.tags].join(' ').toLowerCase()
  const words = search?.toLowerCase().split(/\s+/) ?? []
  return words.every(word => text.includes(word))
}

const byName = (a: EndpointSummary, b: EndpointSummary): number => a.name.localeCompare(b.name)

/** Unknown numbers come before known ones when rising: nothing is not the most. */
const byNumber = (a: number | null, b: number | null): number => (a ?? -1) - (b ?? -1)

function compare(a: EndpointSummary, b: EndpointSummary, sort: EndpointSort): number {
  switch (sort) {
    case 'name':
      return byName(a, b)
    case 'state':
      return ENDPOINT_STATES.indexOf(a.state) - ENDPOINT_STATES.indexOf(b.state)
    case 'requests':
      return a.requests24h - b.requests24h
    case 'p95':
      return byNumber(a.p95Ms, b.p95Ms)
    case 'cost':
      return byNumber(a.costUsdPerHour, b.costUsdPerHour)
    case 'updated':
      return a.updatedAt.localeCompare(b.updatedAt)
    case 'created':
      return a.createdAt.localeCompare(b.createdAt)
  }
}
