import { Agent, request } from 'undici'
import { urlProblem } from '@/lib/server/outbound/address-rule'
import { guardedLookup } from '@/lib/server/outbound/guarded-lookup'
import { ProviderError } from '../port'
import type { AwsAccount } from './account'
import { invocationOf } from './invocation'
import { AwsRefusal } from './refusal'

const FORBIDDEN = 403

/** Calls an endpoint that is not there, by the way the gateway calls. @throws AwsRefusal where it may not be. */
export async function invokeNobody(
  account: AwsAccount,
  url: string,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  const problem = urlProblem(url, account.allowedHosts)
  if (problem) throw new ProviderError('unreachable', problem)
  const body = Buffer.from(text)
  const { headers, path } = await invocationOf({ account, url }, new Map(), body)
  const dispatcher = new Agent({ connect: { lookup: guardedLookup(account.allowedHosts), timeout: 5_000 } })
  const status = await (async () => {
    const answer = await request(new URL(path, url), { method: 'POST', headers, body, dispatcher, signal })
    await answer.body.dump()
    return answer.statusCode
  })()
    .catch((cause: unknown) => {
      const { host } = new URL(url)
      throw new ProviderError('unreachable', `${host} cannot be reached from here; trying again.`, { cause })
    })
    .finally(() => dispatcher.close())
  if (status === FORBIDDEN)
    throw new AwsRefusal('AccessDeniedException', '', 'permission', 'These keys may not call endpoints.')
}
