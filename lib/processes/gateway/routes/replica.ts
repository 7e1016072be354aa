import { buildConnector, type Dispatcher, Pool } from 'undici'
import type { HostPort } from '@/lib/domain/network/host-port'
import type { AllowedHosts } from '@/lib/server/outbound/address-rule'
import { guardedLookup } from '@/lib/server/outbound/guarded-lookup'
import type { ScoringAccount } from '@/lib/server/providers/azure-ml/scoring-tokens'
import type { InvokingAccount } from '@/lib/server/providers/sagemaker/invocation'
import { scoreWithToken } from '../http/azure-call'
import { invoke } from '../http/sagemaker-call'
import { withHeaders } from './door-headers'

/** A replica that refused a connection is asked again only after this, or when no other is there. */
const AVOID_MS = 1_000

/** A provider's own front door before its replicas. */
export type FrontDoor = {
  /** Of every path, `` or `/some/path`; at Azure of the bare address alone. */
  prefix: string
  allowed: AllowedHosts
  /** Where to connect to instead of where its name leads: the private address of its door. */
  via: HostPort | null
} & (
  | /** Added to every request, a flat list as undici takes it. */ {
      kind: 'headers'
      headers: readonly string[]
    }
  | /** One route for everything, and a signature over all of it. */ {
      kind: 'sagemaker'
      account: InvokingAccount
      /** Which of the endpoint's inference components is called, where it has such. */
      component?: string
    }
  | /** A token of an app, asked for where there is none or it was refused. */ {
      kind: 'azure-ml'
      account: ScoringAccount
    }
)
type HeadersDoor = Extract<FrontDoor, { kind: 'headers' }>

type Known = { id: string; endpointId: string; revision: number; address: string; door?: FrontDoor | null }

const throughDoor = (
  options: Dispatcher.DispatchOptions,
  { prefix, headers }: HeadersDoor,
): Dispatcher.DispatchOptions => ({ ...withHeaders(options, headers), path: `${prefix}${options.path}` })

/** Asked of the bare address, it is for scoring, wherever Azure has that; any other path is the container's own. */
const scoredAt = (scoring: string, path: string): string =>
  /^\/?(\?|$)/.test(path) ? `${scoring || '/'}${path.replace(/^\//, '')}` : path

/** By a private address only the socket goes: name, certificate and signature stay those of the provider. */
function connectorOf({ allowed, via }: FrontDoor): buildConnector.connector {
  const connect = buildConnector({ timeout: 10_000, lookup: guardedLookup(allowed) })
  if (!via) return connect
  return (options, callback) =>
    connect(
      {
        ...options,
        hostname: via.host,
        port: String(via.port),
        servername: options.servername ?? options.hostname,
      },
      callback,
    )
}

/** One running copy of a revision, or a provider's front door, as the gateway knows it: its connections and what is under way on them. */
export class Replica {
  /** Requests handed to it and not yet over. */
  inFlight = 0
  /** Gets nothing new. */
  isDraining = false
  private avoidUntilMs = 0
  private readonly pool: Pool

  readonly id: string
  readonly endpointId: string
  readonly revision: number
  readonly address: string
  readonly door: FrontDoor | null

  constructor({ id, endpointId, revision, address, door = null }: Known) {
    this.id = id
    this.endpointId = endpointId
    this.revision = revision
    this.address = address
    this.door = door
    this.pool = new Pool(address, {
      // Waiting behind another's request would be invisible to the balancing.
      pipelining: 1,
      ...(door ? { connections: null, connect: connectorOf(door) } : { connectTimeout: 3_000 }),
      // Below the 5 s after which uvicorn and Node close idle connections without a word.
      keepAliveTimeout: 4_000,
      maxHeaderSize: 64 * 1024,
    })
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    const { pool, door, address } = this
    if (!door) pool.dispatch(options, handler)
    else if (door.kind === 'headers') pool.dispatch(throughDoor(options, door), handler)
    else if (door.kind === 'azure-ml')
      scoreWithToken(pool, door, { ...options, path: scoredAt(door.prefix, options.path) }, handler)
    else invoke(pool, { ...door, url: `${address}${door.prefix}` }, options, handler)
  }

  /** Whether a row says what this one is made of. */
  isStill({ address, revision, door = null }: Known): boolean {
    return (
      this.address === address &&
      this.revision === revision &&
      JSON.stringify(this.door) === JSON.stringify(door)
    )
  }

  /** What records name: behind a front door nobody here knows which replica it was. */
  get recordedId(): string | null {
    return this.door ? null : this.id
  }

  isAvoided(nowMs: number): boolean {
    return nowMs < this.avoidUntilMs
  }

  avoid(nowMs: number): void {
    this.avoidUntilMs = nowMs + AVOID_MS
  }

  /** Finishes what is under way, then closes its connections. */
  close(): void {
    void this.pool.close().catch(() => {})
  }
}
