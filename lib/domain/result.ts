/**
 * Expected failures are values; only bugs throw. Every edge of the product (actions, REST, wizard, provider
 * checks) speaks this one closed set of codes.
 */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale_revision: 409,
  invalid_state: 400,
  too_large: 413,
  rate_limited: 429,
  provider_refused: 422,
  provider_unavailable: 503,
  unavailable: 503,
  timeout: 504,
  internal: 500,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

export type AppError = {
  code: ErrorCode
  /** A sentence for the person: what happened and what to do. Never an internal error's own text. */
  message: string
  /** Form field path (dotted) to message. */
  fields?: Record<string, string>
  requestId?: string
  /** When trying again makes sense, where that is known. */
  retryAfterSeconds?: number
  /** Machine-readable extra, e.g. the other person's diff of a stale update. */
  details?: unknown
}

export type Result<T> = { ok: true; data: T } | { ok: false; error: AppError }

export const ok = <T>(data: T): Result<T> => ({ ok: true, data })

export function fail(
  code: ErrorCode,
  message: string,
  extra: Omit<AppError, 'code' | 'message'> = {},
): Result<never> {
  return { ok: false, error: { code, message, ...extra } }
}

export const httpStatusOf = (code: ErrorCode): number => ERROR_STATUS[code]
