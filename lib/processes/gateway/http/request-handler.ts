import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LastUsed } from '../recording/last-used'
import type { Recorder } from '../recording/recorder'
import { authorize } from '../routes/authorize'
import { unavailability } from '../routes/availability'
import { directOnly } from '../routes/direct-only'
import type { RouteSource } from '../routes/route-source'
import type { FoundRoute, RoutingTable, TokenRoute } from '../routes/routing-table'
import { TokenCheck } from '../routes/token-check'
import { isPreflight, sendPreflight, sendRefusal } from './answer'
import { type Caller, callerOf } from './caller-address'
import { Exchange } from './exchange'
import { type ForwardOptions, forward } from './forward'
import { type Refusal, refusal } from './refusal'
import { requestIdOf } from './request-id'
import { endpointIdOfHost, originForm } from './target'

/** Answers of the gateway about itself, by path. */
export type OwnPage = (req: IncomingMessage, res: ServerResponse, requestId: string) => void | Promise<void>

export type HandlerOptions = ForwardOptions & {
  routes: RouteSource
  recorder: Recorder
  lastUsed: LastUsed
  domain: string | undefined
  trustedProxies: readonly string[]
  ownPages: Readonly<Record<string, OwnPage>>
  /** Something threw that must not. */
  onBug: (exchange: Exchange, error: unknown) => void
}

/** The way of a request from its headers to the decision what becomes of it. */
export class RequestHandler {
  /** Admitted or not, not yet over. */
  readonly open = new Set<Exchange>()
  /** The server is stopping: connections end with their answer. */
  isDraining = false
  private readonly tokens: TokenCheck

  constructor(private readonly options: HandlerOptions) {
    this.tokens = new TokenCheck(options.routes)
  }

  handle(req: IncomingMessage, res: ServerResponse, expectsContinue = false): void {
    const requestId = requestIdOf(req.headers['x-request-id'])
    if (this.isDraining) res.shouldKeepAlive = false
    if (isPreflight(req)) {
      sendPreflight(req, res, requestId)
      return
    }
    const url = originForm(req.url ?? '/')
    const { options } = this
    const ownPage = this.ownPageOf(url, req.headers.host)
    if (ownPage) {
      void ownPage(req, res, requestId)
      return
    }
    const { table } = options.routes
    if (!table) {
      sendRefusal(req, res, requestId, NO_ROUTES)
      return
    }
    const exchange = new Exchange(req, res, requestId, options.recorder, this.over)
    this.open.add(exchange)
    const { authorization, host } = req.headers
    const found = table.find(url, host)
    // A public endpoint asks nothing of a token, so nothing is waited for.
    const isPublic = found.endpoint?.security.level === 'public'
    const token = isPublic ? this.tokens.known(authorization) : this.tokens.check(authorization)
    if (token instanceof Promise) {
      void token.then(late => {
        const newest = options.routes.table ?? table
        this.decideSafely(exchange, newest, newest.find(url, host), late, expectsContinue)
      })
    } else this.decideSafely(exchange, table, found, token, expectsContinue)
  }

  /** A bug that one request meets must not end those of others. */
  private decideSafely(...args: Parameters<RequestHandler['decide']>): void {
    const [exchange] = args
    try {
      this.decide(...args)
    } catch (error) {
      this.options.onBug(exchange, error)
      exchange.refuse(refusal(500, 'Internal Server Error: this is a mistake in the gateway.'))
    }
  }

  private decide(
    exchange: Exchange,
    table: RoutingTable,
    { endpoint, path }: FoundRoute,
    token: TokenRoute | null,
    expectsContinue: boolean,
  ): void {
    if (exchange.isOver) return
    const { options } = this
    const { req } = exchange
    const caller: Caller = callerOf(
      req.socket.remoteAddress,
      req.headers['x-forwarded-for'],
      options.trustedProxies,
    )
    if (token) options.lastUsed.token(token.id, exchange.at)
    const refused = authorize(endpoint, token, caller.address)
    if (!endpoint || refused?.status === 401 || refused?.status === 404) {
      const teamId = token?.teamId ?? endpoint?.teamId ?? table.teamIdOf(originForm(req.url ?? ''))
      this.refuseUnrouted(exchange, teamId, refused ?? NOT_FOUND)
      return
    }
    exchange.admit(endpoint, token, path)
    const unavailable = refused ?? directOnly(endpoint) ?? unavailability(endpoint)
    if (unavailable) {
      exchange.refuse(unavailable)
      return
    }
    options.lastUsed.endpoint(endpoint.id, exchange.at)
    forward(exchange, endpoint, path, caller, expectsContinue, options)
  }

  private refuseUnrouted(exchange: Exchange, teamId: string | null, answer: Refusal): void {
    this.options.recorder.refuse(teamId, answer.status)
    exchange.refuse(answer)
  }

  /** On an endpoint's own host every path is the replica's. */
  private ownPageOf(url: string, host: string | undefined): OwnPage | undefined {
    const { ownPages, domain } = this.options
    const end = url.indexOf('?')
    const page = ownPages[end === -1 ? url : url.slice(0, end)]
    return page && endpointIdOfHost(host, domain) === null ? page : undefined
  }

  private readonly over = (exchange: Exchange): void => {
    this.open.delete(exchange)
  }
}

const NO_ROUTES = refusal(
  503,
  'This gateway has just started and does not know its endpoints yet: its database cannot be reached.',
  ['Retry-After', '5'],
)
const NOT_FOUND = refusal(404, 'Not found: there is no such endpoint.')
