import { type AppError, fail, ok, type Result } from '@/lib/domain/result'
import { apiRoute, type RouteCall, type RouteHandler } from './route'

/**
 * The same plain text in body and header: headers carry Latin-1 only, our sentences have typographic quotes, and
 * HF's client prints both where they differ.
 */
const plain = (text: string): string =>
  text
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replaceAll('…', '...')
    .replace(/[^\x20-\x7e]/g, '?')

const hfErrorBody = ({ message }: AppError) => ({
  body: { error: plain(message) },
  headers: { 'X-Error-Message': plain(message).slice(0, 500) },
})

/** HF knows 400 for everything it does not accept; its clients ask for that number. */
const asHf = (result: Result<unknown> | Response): Result<unknown> | Response =>
  !(result instanceof Response) && !result.ok && result.error.code === 'provider_refused'
    ? fail('invalid', result.error.message)
    : result

/** A route of the HF-compatible API: the same verbs, failures in HF's form (`{"error": string}`). */
export const hfRoute = (handle: (call: RouteCall) => Promise<Result<unknown> | Response>): RouteHandler =>
  apiRoute(async call => asHf(await handle(call)), hfErrorBody)

/** The JSON of a request's body. */
export async function readBody(request: Request): Promise<Result<unknown>> {
  try {
    return ok(await request.json())
  } catch {
    return fail('invalid', 'VALIDATION_FAILED: body: not JSON')
  }
}
