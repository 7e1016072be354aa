import { hash } from 'node:crypto'
import type { RouteSource } from './route-source'
import type { RoutingTable, TokenRoute } from './routing-table'

const MAX_UNKNOWN = 10_000

/** As stored: SHA-256 in base64. Header text is latin1; hashing its bytes hashes what the client sent. */
export const hashOf = (token: string): string => hash('sha256', Buffer.from(token, 'latin1'), 'base64')

/** The token of an `Authorization: Bearer …` header, else null. */
export function bearerOf(authorization: string | undefined): string | null {
  if (authorization?.slice(0, 7).toLowerCase() !== 'bearer ') return null
  const token = authorization.slice(7).trim()
  return token === '' ? null : token
}

/** Finds whose token a request carries, in memory. */
export class TokenCheck {
  /** Hashes that a fresh read did not have: asked again only once anything changed. */
  private unknown = new Set<string>()
  private unknownFor: RoutingTable | null = null

  constructor(private readonly routes: Pick<RouteSource, 'table' | 'refreshForUnknownToken'>) {}

  /** What memory knows, without waiting: for who asks nothing of the token but whose it is. */
  known(authorization: string | undefined): TokenRoute | null {
    const text = bearerOf(authorization)
    return text === null ? null : (this.routes.table?.tokenOf(hashOf(text), Date.now()) ?? null)
  }

  /** At once for tokens that are known; one that was made a moment ago waits for a fresh read. */
  check(authorization: string | undefined): TokenRoute | null | Promise<TokenRoute | null> {
    const text = bearerOf(authorization)
    if (text === null) return null
    const hashed = hashOf(text)
    const { table } = this.routes
    const known = table?.tokenOf(hashed, Date.now())
    if (known) return known
    if (this.unknownFor === table && this.unknown.has(hashed)) return null
    return this.checkAgain(hashed)
  }

  private async checkAgain(hashed: string): Promise<TokenRoute | null> {
    await this.routes.refreshForUnknownToken()
    const { table } = this.routes
    const found = table?.tokenOf(hashed, Date.now()) ?? null
    if (found) return found
    if (this.unknownFor !== table || this.unknown.size >= MAX_UNKNOWN) {
      this.unknownFor = table
      this.unknown = new Set()
    }
    this.unknown.add(hashed)
    return null
  }
}
