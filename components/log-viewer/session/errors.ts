import type { AppError } from '@/lib/domain/result'
import { StreamRefused } from './read-stream'

export const NOTHING_LATER: AppError = {
  code: 'not_found',
  message: 'Nothing that is kept was written at that time or later; this is the end of the log.',
}

/** Why something could not be read, in the portal's words where it had any. */
export const errorOf = (error: unknown): AppError =>
  error instanceof StreamRefused
    ? error.error
    : { code: 'unavailable', message: 'The portal did not answer. Check your connection and try again.' }
