import type { z } from 'zod'
import { type AppError, fail, type Result } from '@/lib/domain/result'

/**
 * Something that can be read, defined once: where the browser fetches it and what comes back. The server has a
 * service for every name (`lib/server/transport.ts`), so pages prefetch without HTTP.
 */
export type Resource<Params, Data> = {
  /** Also the first part of the query key: `endpoints.list`. */
  name: string
  path: (params: Params) => string
  /** Parses an answer. Loaded beside the answer it parses: the browser paints a page before it needs zod. */
  schema: () => Promise<z.ZodType<Data>>
}

export const resource = <Params, Data>(definition: Resource<Params, Data>): Resource<Params, Data> =>
  definition

/** Reads a resource; fetch in the browser, services on the server. Throws `QueryError`. */
export type Transport = <Params, Data>(
  resource: Resource<Params, Data>,
  params: Params,
  signal?: AbortSignal,
) => Promise<Data>

/** An expected failure on its way through TanStack Query, which knows only thrown errors. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
  constructor(readonly error: AppError) {
    super(error.message)
  }
}

export const keyOf = <Params, Data>(resource: Resource<Params, Data>, params: Params) =>
  [resource.name, params] as const

const NO_ANSWER = 'The portal did not answer. Check your connection; this page tries again.'

/** Fetches as the signed-in person. */
export const browserTransport: Transport = async (resource, params, signal) => {
  const loading = resource.schema()
  // Awaited below; an answer that is refused before that does not need it.
  loading.catch(() => {})
  const response = await fetch(resource.path(params), {
    headers: { accept: 'application/json' },
    credentials: 'same-origin',
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new QueryError({ code: 'unavailable', message: NO_ANSWER })
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new QueryError(errorOf(body, response))
  const schema = await loading.catch(() => {
    throw new QueryError({ code: 'unavailable', message: NO_ANSWER })
  })
  return schema.parse(body)
}

function errorOf(body: unknown, response: Response): AppError {
  if (typeof body === 'object' && body !== null && 'error' in body) {
    const { error } = body as { error: unknown }
    if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error)
      return error as AppError
  }
  const result: Result<never> = fail('internal', `The portal answered ${response.status}.`)
  return result.ok ? { code: 'internal', message: 'Unknown failure.' } : result.error
}
