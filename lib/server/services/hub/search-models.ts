import type { z } from 'zod'
import { canSeeCatalog } from '@/lib/domain/access/rights'
import type { HubModelSummary, hubSearchInput } from '@/lib/domain/hub/model'
import { ok, type Result } from '@/lib/domain/result'
import { searchModels } from '@/lib/server/hub/search-models'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'

/** Searches the Hub as the installation, for somebody who may see the team's catalogue. */
export async function searchHubModels(
  ctx: Context,
  input: z.output<typeof hubSearchInput>,
): Promise<Result<{ items: HubModelSummary[] }>> {
  const { team, search, task, author, weights } = input
  const allowed = await requireTeam(ctx, team, canSeeCatalog, 'search for models')
  if (!allowed.ok) return allowed
  const found = await searchModels({ search, task, author, weights })
  return found.ok ? ok({ items: found.data }) : found
}
