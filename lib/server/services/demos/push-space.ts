import { canCreateToken, canSeeEndpoint } from '@/lib/domain/access/rights'
import { connectionSettings, SECRETS } from '@/lib/domain/connections/connection'
import { TOKEN_SECRET } from '@/lib/domain/demo/demo'
import { demoFiles } from '@/lib/domain/demo/demo-files'
import type { PushSpaceInput } from '@/lib/domain/demo/inputs'
import type { PushedSpace } from '@/lib/domain/demo/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import { hfAccount } from '@/lib/server/providers/huggingface/account'
import { HfClient } from '@/lib/server/providers/huggingface/client'
import { commitFiles, ensureSpace, type SpaceWish } from '@/lib/server/providers/huggingface/spaces'
import { ProviderError } from '@/lib/server/providers/port'
import { type Person, requirePerson } from '../access/require-person'
import { refusal } from '../access/require-team'
import { findConnection, openConnectionSecrets } from '../connections/connection-row'
import { providerSurroundings } from '../connections/surroundings'
import type { Context } from '../context'
import { providerErrorCode } from '../endpoints/provider-error-code'
import { type Found, requireEndpoint } from '../endpoints/require-endpoint'
import { recordAudit } from '../record-audit'
import { demoOf } from './demo-of'
import { giveToken } from './give-token'

/** Somebody waits at a dialog; what is safe to repeat is repeated by them. */
const OPTIONS = { timeoutMs: 6_000 }

/**
 * Puts a demo into a Space of the connection's account: the Space, its files, then a token made for it as its
 * secret. Each step may be done again, so a push that stopped half-way goes on when it is pushed once more.
 */
export async function pushSpace(ctx: Context, input: PushSpaceInput): Promise<Result<PushedSpace>> {
  const person = requirePerson(ctx.actor)
  if (!person.ok) return person
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'share a demo of this endpoint')
  if (!found.ok) return found
  const { team, endpoint } = found.data
  if (!canCreateToken(ctx.actor, team, 'infer'))
    return fail('forbidden', refusal(ctx.actor, 'make the token a shared demo calls with'))
  const demo = await demoOf(ctx, found.data)
  if (!demo.ok) return demo
  const hub = await openHub(ctx, team.id, input.connectionId)
  if (!hub.ok) return hub
  const { client } = hub.data
  const { namespace, hubUrl } = client.account
  const repository = `${namespace}/${input.name}`
  if (input.confirm !== repository)
    return fail('invalid', `Confirm that ${repository} is to be made.`, {
      fields: { confirm: 'Not confirmed.' },
    })
  const wish: SpaceWish = {
    namespace,
    name: input.name,
    endpointId: endpoint.id,
    sdk: input.kind === 'gradio' ? 'gradio' : 'docker',
    isPrivate: input.visibility === 'private',
  }
  const needsToken = demo.data.security !== 'public'
  const pushed = await push(ctx, person.data, found.data, client, wish, {
    files: demoFiles(input.kind, demo.data),
    needsToken,
  })
  if (!pushed.ok) return pushed
  const tokenName = needsToken ? tokenNameOf(repository) : null
  return ok({
    repository,
    url: `${hubUrl}/spaces/${repository}`,
    visibility: input.visibility,
    tokenName,
    isNew: pushed.data,
  })
}

const tokenNameOf = (repository: string): string => `Space ${repository}`.slice(0, 100)

async function openHub(
  { db }: Context,
  teamId: string,
  connectionId: string,
): Promise<Result<{ client: HfClient }>> {
  const found = await findConnection(db, teamId, connectionId)
  if (!found.ok) return found
  const settings = connectionSettings.parse(found.data.settings)
  if (settings.kind !== 'huggingface')
    return fail('invalid', 'Spaces are at Hugging Face: choose a connection to it.')
  const secrets = openConnectionSecrets(found.data)
  if (!secrets.ok) return secrets
  const account = hfAccount(settings, SECRETS.huggingface.parse(secrets.data), providerSurroundings())
  return ok({ client: new HfClient(account, OPTIONS) })
}

type Content = { files: Parameters<typeof commitFiles>[2]; needsToken: boolean }

/** True where the Space was made just now. Says of every failure what is there and how to go on. */
async function push(
  ctx: Context,
  person: Person,
  { team, endpoint }: Found,
  client: HfClient,
  wish: SpaceWish,
  { files, needsToken }: Content,
): Promise<Result<boolean>> {
  const repository = `${wish.namespace}/${wish.name}`
  let there = ''
  try {
    const isNew = await ensureSpace(client, wish)
    there = `The Space ${repository} is there, without all its files. Push again under this name: it goes on from there.`
    await commitFiles(client, wish, files)
    there = `The Space ${repository} is there with its files, but its secret ${TOKEN_SECRET} is not set, so it cannot call the endpoint. Push again under this name: it goes on from there.`
    if (needsToken)
      await giveToken(ctx.db, person, { team, endpoint, name: tokenNameOf(repository) }, client, wish)
    await recordAudit(ctx.db, ctx.actor, {
      teamId: team.id,
      action: 'demo.push',
      objectKind: 'endpoint',
      objectId: endpoint.id,
      objectName: endpoint.name,
      change: { space: repository, visibility: wish.isPrivate ? 'private' : 'public', sdk: wish.sdk },
    })
    return ok(isNew)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const why = error.message.replace('; trying again', '')
    return fail(providerErrorCode(error.code), there === '' ? why : `${there} Why: ${why}`)
  }
}
