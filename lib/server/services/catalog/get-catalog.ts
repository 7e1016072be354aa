import type { TeamInput } from '@/lib/domain/access/inputs'
import { canSeeCatalog } from '@/lib/domain/access/rights'
import type { CatalogView } from '@/lib/domain/hardware/catalog'
import { ok, type Result } from '@/lib/domain/result'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { readCatalog } from './read-catalog'

/** The hardware a team can choose from. */
export async function getCatalog(ctx: Context, input: TeamInput): Promise<Result<CatalogView>> {
  const team = await requireTeam(ctx, input.team, canSeeCatalog, 'see the hardware catalogue')
  return team.ok ? ok(await readCatalog(ctx.db, team.data.id)) : team
}
