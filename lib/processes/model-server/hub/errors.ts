import type { HubSource } from './source'

/** What the Hub's refusal means to the person who deployed the model, and what to do about it. */
export function hubErrorMessage(source: HubSource, status: number, headers: Headers): string {
  const { repository, revision, endpoint, token } = source
  const code = headers.get('x-error-code')
  const page = `${endpoint}/${repository}`
  if (code === 'GatedRepo' || (status === 403 && code !== 'RepoNotFound')) {
    return token
      ? `${repository} is gated and the given HF_TOKEN has no access to it. Accept its terms at ${page} with that token's account.`
      : `${repository} is gated. Accept its terms at ${page} and set HF_TOKEN to a token of that account as a secret.`
  }
  if (code === 'RevisionNotFound') return `${repository} has no revision "${revision}".`
  if (status === 401 || (status === 404 && code !== 'EntryNotFound')) {
    return token
      ? `There is no model ${repository} at ${endpoint}, or the given HF_TOKEN may not see it.`
      : `There is no model ${repository} at ${endpoint}, or it is private: check the name, or set HF_TOKEN as a secret.`
  }
  if (status === 429)
    return `${endpoint} limits how often it is asked. Try again later, or set HF_TOKEN for a higher limit.`
  const detail = headers.get('x-error-message')
  return `${endpoint} answered ${status} for ${repository}${detail ? `: ${detail}` : '.'}`
}
