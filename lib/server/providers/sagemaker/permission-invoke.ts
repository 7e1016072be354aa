import { Agent, request } from 'undici'
import { urlProblem } from '@/lib/server/outbound/address-rule'
import { guardedLookup } from '@/lib/server/outbound/guarded-lookup'
import { ProviderError } from '../port'
import type { AwsAccount } from './account'
import { invocationOf } from './invocation'

const FORBIDDEN = 403

/** Whether endpoints may be called: asked of one that is not there, by the way the gateway asks. */
export async function mayInvoke(account: AwsAccount, url: string, signal: AbortSignal): Promise<boolean> {
  const problem = urlProblem(url, account.allowedHosts)
  if (problem) throw new ProviderError('unreachable', problem)
  const body = Buffer.from('{}')
  const { headers } = await invocationOf(account, url, new Map(), body)
  const dispatcher = new Agent({ connect: { lookup: guardedLookup(account.allowedHosts), timeout: 5_000 } })
  try {
    const answer = await request(url, { method: 'POST', headers, body, dispatcher, signal })
    await answer.body.dump()
    return answer.statusCode !== FORBIDDEN
  } catch (error) {
    const { host } = new URL(url)
    throw new ProviderError('unreachable', `${host} cannot be reached from here; trying again.`, {
      cause: error,
    })
  } finally {
    await dispatcher.close()
  }
}
