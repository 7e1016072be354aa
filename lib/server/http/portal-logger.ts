import type { Logger } from 'pino'
import { createLogger } from '@/lib/server/logger'

let logger: Logger | undefined

/** Made at first use: the build loads every route without an environment to read. */
export function portalLogger(): Logger {
  logger ??= createLogger('portal')
  return logger
}

/**
 * An error nobody expected goes into the log with the request id; the person gets that id and no more. A database
 * error's own text could hold values.
 */
export function logUnexpected(error: unknown, requestId: string, what: string): void {
  portalLogger().error({ err: error, requestId }, `${what} failed unexpectedly`)
}

export const UNEXPECTED_MESSAGE =
  'Something went wrong on our side. Try again; if it stays, tell whoever runs this portal the request id.'
