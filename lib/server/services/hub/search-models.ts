import { canSeeCatalog } from '@/lib/domain/access/rights'
import { type HubModelSummary, type HubSearchInput, hubSearchInput } from '@/lib/domain/hub/model'
import { ok, type Result } from '@/lib/domain/result'
import { searchModels } from '@/lib/server/hub/search-models'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'

/** Searches the Hub as the installation, for somebody who may see the team's catalogue. */
export async function searchHubModels(
  ctx: Context,
  input: HubSearchInput,
): Promise<Result<{ items: HubModelSummary[] }>> {
  const { team, search, task, author } = hubSearchInput.parse(input)
  const allowed = await requireTeam(ctx, team, canSeeCatalog, 'search for models')
  if (!allowed.ok) return allowed
  const found = await searchModels({ search, task, author })
  return found.ok ? ok({ items: found.data }) : found
}
