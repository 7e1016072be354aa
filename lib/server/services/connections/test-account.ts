import type {
  ConnectionSecrets,
  ConnectionSettings,
  PermissionResult,
} from '@/lib/domain/connections/connection'
import { fail, ok, type Result } from '@/lib/domain/result'
import { urlProblem } from '@/lib/server/outbound/address-rule'
import { hfAccount } from '@/lib/server/providers/huggingface/account'
import { HfClient } from '@/lib/server/providers/huggingface/client'
import { testPermissions } from '@/lib/server/providers/huggingface/permissions'
import { ProviderError } from '@/lib/server/providers/port'
import { providerErrorCode } from '../endpoints/provider-error-code'
import { providerSurroundings } from './surroundings'

const TIMEOUT_MS = 12_000
/** Somebody waits at a form: one answer in time is better than four tries. */
const CALL_TIMEOUT_MS = 6_000

/** Tries an account's permissions one by one. Refused where nothing can be said of them at all. */
export async function testAccount(
  settings: ConnectionSettings,
  secrets: ConnectionSecrets,
): Promise<Result<PermissionResult[]>> {
  const around = providerSurroundings()
  const problem = settings.baseUrl === null ? null : urlProblem(settings.baseUrl, around.allowedHosts)
  if (problem) return fail('invalid', problem, { fields: { baseUrl: problem } })
  const client = new HfClient(hfAccount(settings, secrets, around), { timeoutMs: CALL_TIMEOUT_MS })
  try {
    return ok(await testPermissions(client, AbortSignal.timeout(TIMEOUT_MS)))
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const message = sentenceFor(error, client.host)
    const field = FIELD_OF[error.code]
    return fail(providerErrorCode(error.code), message, field ? { fields: { [field]: message } } : {})
  }
}

/** Where the form shows what is wrong. */
const FIELD_OF: Partial<Record<ProviderError['code'], 'token' | 'namespace'>> = {
  credentials: 'token',
  permission: 'namespace',
}

/** Nothing tries again by itself here, and there is no connection yet to go to. */
function sentenceFor({ code, message }: ProviderError, host: string): string {
  switch (code) {
    case 'credentials':
      return `${host} does not accept this token. Copy it again, or make a new one.`
    case 'timeout':
      return `${host} did not answer in time. Check the address, and try again.`
    case 'not_found':
      return `${host} does not speak the API of Hugging Face's Inference Endpoints. Check the address.`
    default:
      return message.replace('; trying again', '')
  }
}
