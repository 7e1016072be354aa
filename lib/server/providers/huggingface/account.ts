import type { SecretsOf, SettingsOf } from '@/lib/domain/connections/connection'
import type { AllowedHosts } from '@/lib/server/outbound/address-rule'

const OWN_API = 'https://api.endpoints.huggingface.cloud'

/** Everything the provider knows of where it is: handed in, never read from a database or the environment. */
export type HfAccount = {
  namespace: string
  token: string
  /** Of the endpoints API; versions are in the paths. */
  apiUrl: string
  /** Of `whoami`: the Hub's, or the same server's where the API is somewhere else. */
  hubUrl: string
  /** Marks what this portal made: nothing without it is touched. */
  portalId: string
  allowedHosts: AllowedHosts
}

export type HfSurroundings = Pick<HfAccount, 'portalId' | 'allowedHosts'> & { hubUrl: string }

export const apiUrlOf = ({ baseUrl }: Pick<SettingsOf<'huggingface'>, 'baseUrl'>): string =>
  baseUrl ?? OWN_API

export function hfAccount(
  { namespace, baseUrl }: SettingsOf<'huggingface'>,
  { token }: SecretsOf<'huggingface'>,
  around: HfSurroundings,
): HfAccount {
  return { ...around, namespace, token, apiUrl: apiUrlOf({ baseUrl }), hubUrl: baseUrl ?? around.hubUrl }
}
