import type { z } from 'zod'
import { canSeeCatalog } from '@/lib/domain/access/rights'
import type { HubModelDetail, hubModelInput } from '@/lib/domain/hub/model'
import type { Result } from '@/lib/domain/result'
import { getModel } from '@/lib/server/hub/get-model'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'

/** One Hub model at a revision, with the commit to pin and what it needs. */
export async function getHubModel(
  ctx: Context,
  input: z.output<typeof hubModelInput>,
): Promise<Result<HubModelDetail>> {
  const { team, repository, revision } = input
  const allowed = await requireTeam(ctx, team, canSeeCatalog, 'look at models')
  return allowed.ok ? await getModel(repository, revision) : allowed
}
