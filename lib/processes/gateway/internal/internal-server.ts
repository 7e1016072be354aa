import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { hostPortOf } from '@/lib/domain/network/host-port'
import { isAuthorised } from '@/lib/processes/internal-door'
import type { AllowedHosts } from '@/lib/server/outbound/address-rule'
import { reach } from './reach'

type Options = { secret: string; allowed: AllowedHosts; logger: Logger }

/** The gateway's own door for portals that know the secret: `GET /reach?address=name:port`. */
export function createInternalServer({ secret, allowed, logger }: Options): Server {
  return createServer((request, response) => {
    if (!isAuthorised(request, secret))
      return answer(response, 401, { message: 'A bearer secret is needed.' })
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://internal')
    const place = hostPortOf(searchParams.get('address') ?? '')
    if (request.method !== 'GET' || pathname !== '/reach' || !place)
      return answer(response, 400, { message: 'GET /reach?address=<name>:<port>.' })
    reach(place, allowed).then(
      found => answer(response, 200, { reach: found }),
      (error: unknown) => {
        logger.error({ err: error }, 'a check of an address met a bug')
        answer(response, 500, { message: 'The check failed.' })
      },
    )
  })
}

const answer = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
