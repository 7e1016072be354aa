import type { ProviderError } from '@/lib/server/providers/port'

/** Entra's codes for what it refuses, and the field that is wrong then. */
const BY_CODE: Readonly<Record<string, 'tenantId' | 'clientId'>> = {
  AADSTS90002: 'tenantId',
  AADSTS900023: 'tenantId',
  AADSTS700016: 'clientId',
}

/** Where the form shows what is wrong; undefined for the form as a whole. */
export function azureField({ code, message }: ProviderError) {
  if (code === 'credentials') return BY_CODE[saidByEntra(message)?.split(':')[0] ?? ''] ?? 'clientSecret'
  if (code === 'not_found') return 'workspace'
  return code === 'invalid_spec' ? 'region' : undefined
}

/** Nothing tries again by itself at the form, and there is no connection yet to go to. */
export function azureSentence({ code, message }: ProviderError): string {
  if (code !== 'credentials') return message.replace('; trying again', '')
  const said = saidByEntra(message)
  if (!said) return message
  return `Microsoft Entra does not accept this app: compare directory, app and secret. It said: ${said}`
}

const saidByEntra = (message: string): string | undefined => /AADSTS\d+.*$/.exec(message)?.[0]
