import { PrivateAddress } from '@/lib/server/outbound/guarded-lookup'
import { ProviderError, type ProviderErrorCode } from '../port'

/** An answer of AWS that is no success. */
export class AwsRefusal extends ProviderError {
  constructor(
    /** `ValidationException` and the like. */
    readonly errorName: string,
    /** What AWS said, shortened; it goes into sentences for people. */
    readonly said: string,
    code: ProviderErrorCode,
    message: string,
  ) {
    super(code, message)
  }

  get isAlreadyThere(): boolean {
    return /already exist/i.test(this.said)
  }

  /** It is being made, changed or deleted; asked again later it will do. */
  get isBusy(): boolean {
    return /in[-_ ]progress|being (created|updated|deleted)/i.test(this.said)
  }
}

const EXPIRED = ['ExpiredTokenException', 'ExpiredToken', 'RequestExpired']
const UNKNOWN_KEYS = [
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'MissingAuthenticationTokenException',
]
const DENIED = ['AccessDeniedException', 'AccessDenied', 'NotAuthorized', 'OptInRequired']
const THROTTLED = ['ThrottlingException', 'Throttling', 'TooManyRequestsException', 'RequestLimitExceeded']
const QUOTA = ['ResourceLimitExceeded', 'ServiceQuotaExceededException', 'LimitExceededException']
const MISSING = [
  'ObjectNotFoundException',
  'ResourceNotFoundException',
  'ResourceNotFound',
  'NoSuchResourceException',
]
const ACTION = /not authorized to perform:? ([\w-]+:\w+)/i
const SAID_LENGTH = 400

/** What went wrong and what to do about it. `place` is what people know it by: "AWS in us-east-1". */
export function refusalOf(error: unknown, place: string): ProviderError {
  if (error instanceof ProviderError) return error
  if (!(error instanceof Error)) return new ProviderError('unexpected', `${place} gave no usable answer.`)
  const { name } = error
  const status = statusOf(error)
  if (status === null) return withoutAnswer(error, place)
  const said = error.message.slice(0, SAID_LENGTH)
  const as = (code: ProviderErrorCode, message: string) => new AwsRefusal(name, said, code, message)
  if (EXPIRED.includes(name))
    return as(
      'credentials',
      'The keys of this connection have expired. Replace them under Connections; those of an IAM user do not expire.',
    )
  if (UNKNOWN_KEYS.includes(name))
    return as(
      'credentials',
      `${place} does not accept the connection's keys. Replace them under Connections.`,
    )
  if (DENIED.includes(name)) {
    const action = ACTION.exec(said)?.[1]
    const what = action
      ? `Add ${action} to their policy`
      : 'Compare their policy with the one under Connections'
    return as('permission', `The connection's keys may not do this. AWS said: ${said} ${what}.`)
  }
  if (THROTTLED.includes(name) || status === 429)
    return as('rate_limited', `${place} limits how often it may be asked; trying again soon.`)
  if (QUOTA.includes(name))
    return as(
      'quota',
      `A quota of the account is used up. AWS said: ${said} Choose other hardware, or ask for more in the Service Quotas console.`,
    )
  if (/insufficient.*capacity|capacity.*(unavailable|exceeded)/i.test(said))
    return as(
      'capacity',
      `There is no free hardware of this kind just now. AWS said: ${said} Choose another.`,
    )
  if (
    MISSING.includes(name) ||
    /could not find|does not exist|not found|no scalable target found/i.test(said)
  )
    return as('not_found', `${place} does not know it. AWS said: ${said}`)
  if (status < 500) return as('invalid_spec', `${place} refuses this. AWS said: ${said}`)
  return as(
    'unexpected',
    `${place} answered ${status}; trying again. If it lasts, look at the AWS Health Dashboard.`,
  )
}

function withoutAnswer(error: Error, place: string): ProviderError {
  const cause = error.cause instanceof Error ? error.cause : error
  if (cause instanceof PrivateAddress)
    return new ProviderError('unreachable', cause.message, { cause: error })
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return new ProviderError('timeout', `${place} did not answer in time; trying again.`, { cause: error })
  return new ProviderError('unreachable', `${place} cannot be reached from here; trying again.`, {
    cause: error,
  })
}

function statusOf(error: Error): number | null {
  const metadata = '$metadata' in error ? error.$metadata : null
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : null
  return typeof status === 'number' ? status : null
}
