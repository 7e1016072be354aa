import type { SettingsOf } from '@/lib/domain/connections/connection'
import { apiUrlOf } from '@/lib/server/providers/huggingface/account'
import type { ProviderError } from '@/lib/server/providers/port'

/** What to say at the form, where nothing tries again by itself. */
export function hfSentence(settings: SettingsOf<'huggingface'>, { code, message }: ProviderError): string {
  const { host } = new URL(apiUrlOf(settings))
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
