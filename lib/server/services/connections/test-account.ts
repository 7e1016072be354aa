import {
  type ConnectionSecrets,
  type ConnectionSettings,
  type PermissionResult,
  SECRETS,
} from '@/lib/domain/connections/connection'
import { fail, ok, type Result } from '@/lib/domain/result'
import { type AllowedHosts, urlProblem } from '@/lib/server/outbound/address-rule'
import { azureAccount } from '@/lib/server/providers/azure-ml/account'
import { testPermissions as testAzure } from '@/lib/server/providers/azure-ml/permissions'
import { hfAccount } from '@/lib/server/providers/huggingface/account'
import { HfClient } from '@/lib/server/providers/huggingface/client'
import { testPermissions as testHf } from '@/lib/server/providers/huggingface/permissions'
import { ProviderError } from '@/lib/server/providers/port'
import { awsAccount } from '@/lib/server/providers/sagemaker/account'
import { testPermissions as testAws } from '@/lib/server/providers/sagemaker/permissions'
import { providerErrorCode } from '../endpoints/provider-error-code'
import { azureField, azureSentence } from './azure-sentence'
import { hfSentence } from './hf-sentence'
import { providerSurroundings } from './surroundings'

/** AWS is asked some thirty things, by clients that are megabytes of code to load. */
const TIMEOUT_MS: Record<ConnectionSettings['kind'], number> = {
  huggingface: 12_000,
  sagemaker: 40_000,
  'azure-ml': 20_000,
}
/** Many at once: one may have to wait for the others. */
const AWS_CALL_TIMEOUT_MS = 15_000
/** Somebody waits at a form: one answer in time is better than four tries. */
const OPTIONS = { timeoutMs: 6_000 }

type Field = 'token' | 'namespace' | 'accessKeyId' | 'roleArn'
/** Where the form shows what is wrong. */
const FIELDS: Record<'huggingface' | 'sagemaker', Partial<Record<ProviderError['code'], Field>>> = {
  huggingface: { credentials: 'token', permission: 'namespace' },
  sagemaker: { credentials: 'accessKeyId', permission: 'roleArn' },
}

/** Tries an account's permissions one by one. Refused where nothing can be said of them at all. */
export async function testAccount(
  settings: ConnectionSettings,
  secrets: ConnectionSecrets,
): Promise<Result<PermissionResult[]>> {
  const { allowedHosts } = providerSurroundings()
  const problem = addressProblem(settings, secrets, allowedHosts)
  if (problem) return fail('invalid', problem, { fields: { baseUrl: problem } })
  try {
    return ok(await tryPermissions(settings, secrets, AbortSignal.timeout(TIMEOUT_MS[settings.kind])))
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const message = sentenceFor(settings, secrets, error)
    const field = fieldOf(settings, secrets, error)
    return fail(providerErrorCode(error.code), message, field ? { fields: { [field]: message } } : {})
  }
}

/** A token of the machine is good for everything the machine may do: it is sent to Microsoft alone. */
function addressProblem(
  { kind, baseUrl }: ConnectionSettings,
  secrets: ConnectionSecrets,
  allowed: AllowedHosts,
): string | null {
  if (baseUrl === null) return null
  if (kind === 'azure-ml' && 'ambientFor' in secrets)
    return 'The identity of the machine is for Azure itself: leave this empty, or give an app.'
  return urlProblem(baseUrl, allowed)
}

function tryPermissions(settings: ConnectionSettings, secrets: ConnectionSecrets, signal: AbortSignal) {
  const around = providerSurroundings()
  switch (settings.kind) {
    case 'huggingface': {
      const account = hfAccount(settings, SECRETS.huggingface.parse(secrets), around)
      return testHf(new HfClient(account, OPTIONS), signal)
    }
    case 'sagemaker':
      return testAws(
        awsAccount(settings, SECRETS.sagemaker.parse(secrets), around),
        { timeoutMs: AWS_CALL_TIMEOUT_MS },
        signal,
      )
    case 'azure-ml':
      return testAzure(azureAccount(settings, SECRETS['azure-ml'].parse(secrets), around), OPTIONS, signal)
  }
}

function fieldOf({ kind }: ConnectionSettings, secrets: ConnectionSecrets, error: ProviderError) {
  if (error.code === 'credentials' && 'ambientFor' in secrets) return 'isAmbient'
  return kind === 'azure-ml' ? azureField(error) : FIELDS[kind][error.code]
}

/** Nothing tries again by itself here, and there is no connection yet to go to. */
function sentenceFor(settings: ConnectionSettings, secrets: ConnectionSecrets, error: ProviderError): string {
  if (settings.kind === 'huggingface') return hfSentence(settings, error)
  if (settings.kind === 'azure-ml') return azureSentence(error)
  if (error.code === 'credentials' && !('ambientFor' in secrets))
    return 'AWS does not accept these keys. Copy both again, with the session token where there is one.'
  return error.message.replace('; trying again', '')
}
