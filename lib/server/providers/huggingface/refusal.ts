import { ProviderError, type ProviderErrorCode } from '../port'

/** An answer that is no success. */
export class HfRefusal extends ProviderError {
  constructor(
    readonly status: number,
    /** What the server said, shortened; it goes into sentences for people. */
    readonly said: string,
    code: ProviderErrorCode,
    message: string,
  ) {
    super(code, message)
  }
}

const MISSING = /missing permissions:\s*([\w.,\s|-]+)/i

/** What a refusal means and what to do about it. `host` is what people know the server by. */
export function refusalOf(status: number, said: string, host: string): HfRefusal {
  const because = said === '' ? '' : ` It said: ${said}`
  const as = (code: ProviderErrorCode, message: string) => new HfRefusal(status, said, code, message)
  if (/quota/i.test(said) && status < 500)
    return as(
      'quota',
      `The quota of this account is used up.${because} Choose other hardware, free some, or ask ${host} for more.`,
    )
  switch (status) {
    case 401:
      return as(
        'credentials',
        `${host} does not accept the connection's token. Replace it under Connections; it may have expired.`,
      )
    case 402:
      return as('quota', `${host} wants the account to be paid first. Check its billing settings.`)
    case 403: {
      const missing = MISSING.exec(said)?.[1]?.trim()
      const what = missing ? `Add ${missing} to the token` : 'Give the token more permissions'
      return as('permission', `The connection's token may not do this.${because} ${what} at ${host}.`)
    }
    case 404:
      return as('not_found', `${host} does not know it.${because}`)
    case 429:
      return as('rate_limited', `${host} limits how often it may be asked; trying again soon.`)
  }
  if (/capacity|no.*available/i.test(said) && status < 500)
    return as('capacity', `There is no free hardware of this kind just now.${because} Choose another.`)
  if (status >= 400 && status < 500) return as('invalid_spec', `${host} refuses this.${because}`)
  return as('unexpected', `${host} answered ${status}; trying again. If it lasts, look at its status page.`)
}
