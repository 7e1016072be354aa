import { z } from 'zod'
import { ProviderError, type ProviderErrorCode } from '../port'

/** An answer of Azure that is no success. */
export class AzureRefusal extends ProviderError {
  constructor(
    readonly status: number,
    code: ProviderErrorCode,
    message: string,
  ) {
    super(code, message)
  }

  /** It is being made, changed or deleted; asked again later it will do. */
  get isBusy(): boolean {
    return this.status === 409
  }

  get isMissing(): boolean {
    return this.status === 404
  }
}

/** As the Resource Manager says it; details only repeat it. */
const armError = z.object({ error: z.object({ code: z.string().catch(''), message: z.string().catch('') }) })
/** As Entra says it. */
const entraError = z.object({ error: z.string(), error_description: z.string().catch('') })

const ACTION = /perform action '([^']+)'/
const SAID_LENGTH = 400
const EXPIRED_SECRET = 'AADSTS7000222'

/** What went wrong and what to do about it. `place` is what people know it by: "Azure in eastus". */
export function refusalOf(status: number, json: unknown, place: string): AzureRefusal {
  const { code: name, message } = armError.safeParse(json).data?.error ?? { code: '', message: '' }
  const said = (message || name).slice(0, SAID_LENGTH)
  const because = said === '' ? '' : ` Azure said: ${said}`
  const as = (code: ProviderErrorCode, sentence: string) => new AzureRefusal(status, code, sentence)
  if (status === 401)
    return as(
      'credentials',
      `${place} does not accept the connection's app. Replace its secret under Connections.`,
    )
  if (status === 429)
    return as('rate_limited', `${place} limits how often it may be asked; trying again soon.`)
  if (status >= 500)
    return as('unexpected', `${place} answered ${status}; trying again. If it lasts, look at Azure status.`)
  if (/quota/i.test(`${name} ${said}`))
    return as(
      'quota',
      `A quota of the subscription is used up.${because} Choose other hardware, or ask for more under Quotas in Azure Machine Learning studio.`,
    )
  if (/capacity|SkuNotAvailable|AllocationFailed/i.test(`${name} ${said}`))
    return as('capacity', `There is no free hardware of this kind just now.${because} Choose another.`)
  if (status === 403) {
    const action = ACTION.exec(said)?.[1]
    const what = action ? `Add ${action} to its role` : 'Compare its role with the one under Connections'
    return as('permission', `The connection's app may not do this.${because} ${what}.`)
  }
  if (status === 404) return as('not_found', `${place} does not know it.${because}`)
  if (status === 409) return as('unexpected', `${place} is still at work on it; trying again.${because}`)
  return as('invalid_spec', `${place} refuses this.${because}`)
}

/** Why there is no token. */
export function tokenRefusalOf(status: number, json: unknown): AzureRefusal {
  const parsed = entraError.safeParse(json)
  if (status >= 500 || status === 429)
    return new AzureRefusal(status, 'unexpected', `Microsoft Entra answered ${status}; trying again.`)
  // Several lines of which only the first is for people.
  const said = parsed.success ? parsed.data.error_description.split(/\r?\n/)[0]?.slice(0, SAID_LENGTH) : ''
  const what = said?.includes(EXPIRED_SECRET)
    ? 'The secret of the connection’s app has expired. Make a new one and replace it under Connections.'
    : `Microsoft Entra does not accept the connection’s app. Replace its secret under Connections. ${said ?? ''}`
  return new AzureRefusal(status, 'credentials', what.trim())
}

/** Null where it is at work just now: it is looked at again at the next pass. */
export async function unlessBusy<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof AzureRefusal && error.isBusy) return null
    throw error
  }
}
