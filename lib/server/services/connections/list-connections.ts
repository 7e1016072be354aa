import type { z } from 'zod'
import type { TeamInput } from '@/lib/domain/access/inputs'
import { canListConnections } from '@/lib/domain/access/rights'
import type { connectionList } from '@/lib/domain/connections/view'
import { ok, type Result } from '@/lib/domain/result'
import { mayUseAmbientAzure } from '@/lib/server/providers/azure-ml/ambient'
import { mayUseAmbientAws } from '@/lib/server/providers/sagemaker/credentials'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { readConnectionViews } from './read-views'

/** The team's accounts at providers, with what the last test said of each. */
export async function listConnections(
  ctx: Context,
  input: TeamInput,
): Promise<Result<z.infer<typeof connectionList>>> {
  const team = await requireTeam(ctx, input.team, canListConnections, 'see the connections of this team')
  if (!team.ok) return team
  const items = await readConnectionViews(ctx.db, team.data.id)
  const { slug } = team.data
  return ok({
    items,
    mayUseAmbientAws: mayUseAmbientAws(slug),
    mayUseAmbientAzure: mayUseAmbientAzure(slug),
  })
}
