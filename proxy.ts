import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { contentPolicy } from '@/lib/domain/access/content-policy'
import { env, gatewayUrl } from '@/lib/server/env'

/**
 * Headers of pages, and nothing else: who may see what is decided where the data is read. The nonce reaches Next
 * through the request's own policy header, and our layout through `x-nonce`.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64')
  const policy = contentPolicy({
    nonce,
    gatewayUrl: gatewayUrl(),
    isDevelopment: env().NODE_ENV === 'development',
  })
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // Layouts are not told where they stand; the sign-in page leads back there (`app/session.ts`).
  headers.set('x-slipway-path', request.nextUrl.pathname + request.nextUrl.search)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  response.headers.set('Cache-Control', 'no-store')
  return response
}

/** Data routes are polled and streamed: they set their own headers and are spared the detour. */
export const config = { matcher: '/((?!api/|v2/|v3/|_next/|icon\\.svg).*)' }
