import { canCreateEndpoint } from '@/lib/domain/access/rights'
import { connectionSettings, SECRETS } from '@/lib/domain/connections/connection'
import type { TryModelInput } from '@/lib/domain/hub/try'
import { fail, type Result } from '@/lib/domain/result'
import { tryModel as ask, type Trial } from '@/lib/server/hub/try-model'
import { requireTeam } from '../access/require-team'
import { findConnection, openConnectionSecrets } from '../connections/connection-row'
import type { Context } from '../context'

/** A call that costs the owner of the connection's token: for those who may deploy. The token stays here. */
export async function tryModel(
  ctx: Context,
  { team: slug, connectionId, repository, task }: TryModelInput,
  request: Pick<Trial, 'contentType' | 'body' | 'signal'>,
): Promise<Result<Response>> {
  const team = await requireTeam(ctx, slug, canCreateEndpoint, 'try models on the team’s account')
  if (!team.ok) return team
  const found = await findConnection(ctx.db, team.data.id, connectionId)
  if (!found.ok) return found
  const settings = connectionSettings.parse(found.data.settings)
  if (settings.kind !== 'huggingface' || settings.baseUrl !== null)
    return fail('invalid', 'Only a connection to Hugging Face itself has hosted models.')
  const secrets = openConnectionSecrets(found.data)
  if (!secrets.ok) return secrets
  const { token } = SECRETS.huggingface.parse(secrets.data)
  return ask({ ...request, repository, task, token })
}
