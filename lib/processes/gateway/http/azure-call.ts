import type { Dispatcher } from 'undici'
import type { AllowedHosts } from '@/lib/server/outbound/address-rule'
import { type ScoringAccount, scoringTokens } from '@/lib/server/providers/azure-ml/scoring-tokens'
import { ProviderError } from '@/lib/server/providers/port'
import { withHeaders } from '../routes/door-headers'
import { AzureAnswer } from './azure-answer'
import { NO_CONTROLLER } from './sagemaker-call'

type Door = { account: ScoringAccount; allowed: AllowedHosts }

/**
 * Sends a request with a token of the account's app. A refused token may only have ended, or been withdrawn: a new
 * one is asked for, and the request is sent again where its body is still there.
 */
export function scoreWithToken(
  dispatcher: Dispatcher,
  { account, allowed }: Door,
  options: Dispatcher.DispatchOptions,
  handler: Dispatcher.DispatchHandler,
): void {
  const tokens = scoringTokens(account, allowed)
  const { body } = options
  const isRepeatable = body === null || body === undefined || Buffer.isBuffer(body)
  const send = async (isFirst: boolean): Promise<void> => {
    try {
      const token = await tokens.get()
      const onRefused = () => {
        tokens.refused(token)
        if (!isFirst || !isRepeatable) return false
        void send(false)
        return true
      }
      const sent = withHeaders(options, ['authorization', `Bearer ${token}`])
      dispatcher.dispatch(sent, new AzureAnswer(handler, onRefused))
    } catch (error) {
      failWithout(error, handler)
    }
  }
  void send(true)
}

/** No token, no request: an app that is refused is told like any credentials, the rest like a lost connection. */
function failWithout(error: unknown, handler: Dispatcher.DispatchHandler): void {
  const cause = error instanceof Error ? error : new Error(String(error))
  if (cause instanceof ProviderError && cause.code === 'credentials')
    handler.onResponseStart?.(NO_CONTROLLER, 401, {})
  else handler.onResponseError?.(NO_CONTROLLER, cause)
}
