import { type AppError, httpStatusOf } from '@/lib/domain/result'

const MISSING: AppError = {
  code: 'not_found',
  message: 'No such API route: check the spelling of the path (docs/api.md lists them).',
}

/**
 * Answers every API path that has no route of its own: a script gets JSON it can read, not a page. The same for
 * everybody, so it tells nobody what exists.
 */
const missingRoute = (error: unknown) => (): Response =>
  Response.json({ error }, { status: httpStatusOf(MISSING.code), headers: { 'Cache-Control': 'no-store' } })

export const missing = missingRoute(MISSING)
/** In the words of the HF-compatible API. */
export const missingHf = missingRoute(MISSING.message)
