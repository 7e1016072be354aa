import { ProviderError } from './port'

/** That an adopted endpoint is not deleted: nothing on it says that it is ours by now, or still is. */
export const leftAlone = (name: string): ProviderError =>
  new ProviderError(
    'invalid_spec',
    `${name} is left alone, because it has no slipway tags: somebody made it anew, or Slipway had not taken it over yet. Delete it in the account’s own console; then this ends by itself.`,
  )
