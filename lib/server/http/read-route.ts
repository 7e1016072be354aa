import type { Resource } from '@/lib/queries/transport'
import { readResource } from '@/lib/server/transport'
import { apiRoute, type RouteHandler } from './route'

/** The GET handler of a resource: query string and path name what is asked for, the path having the last word. */
export const readRoute = <Params, Data>(resource: Resource<Params, Data>): RouteHandler =>
  apiRoute(({ request, params, ctx }) => {
    const query = Object.fromEntries(new URL(request.url).searchParams)
    return readResource(resource.name, ctx, { ...query, ...params })
  })
