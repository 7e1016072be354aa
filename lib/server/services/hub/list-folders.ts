import type { TeamInput } from '@/lib/domain/access/inputs'
import { canCreateEndpoint } from '@/lib/domain/access/rights'
import type { FolderModel } from '@/lib/domain/hub/model'
import { ok, type Result } from '@/lib/domain/result'
import { listFolders } from '@/lib/server/hub/list-folders'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'

/** Models in local folders; the names of folders are for those who may deploy from them. */
export async function listFolderModels(
  ctx: Context,
  { team }: TeamInput,
): Promise<Result<{ items: FolderModel[] }>> {
  const allowed = await requireTeam(ctx, team, canCreateEndpoint, 'deploy from local folders')
  if (!allowed.ok) return allowed
  const found = await listFolders()
  return found.ok ? ok({ items: found.data }) : found
}
