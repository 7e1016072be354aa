import type { TeamInput } from '@/lib/domain/access/inputs'
import { canListConnections } from '@/lib/domain/access/rights'
import type { ConnectionView } from '@/lib/domain/connections/view'
import { ok, type Result } from '@/lib/domain/result'
import { mayUseAmbientAws } from '@/lib/server/providers/sagemaker/credentials'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { readConnectionViews } from './read-views'

/** The team's accounts at providers, with what the last test said of each. */
export async function listConnections(
  ctx: Context,
  input: TeamInput,
): Promise<Result<{ items: ConnectionView[]; mayUseAmbientAws: boolean }>> {
  const team = await requireTeam(ctx, input.team, canListConnections, 'see the connections of this team')
  if (!team.ok) return team
  const items = await readConnectionViews(ctx.db, team.data.id)
  return ok({ items, mayUseAmbientAws: mayUseAmbientAws(team.data.slug) })
}
