import NextAuth from 'next-auth'
import { announcePortalUrl } from '@/lib/server/env'
import { authOptions } from '@/lib/server/http/auth-options'
import { hasOwnOrigin } from '@/lib/server/http/own-origin'

type Context = { params: Promise<{ nextauth: string[] }> }

function handle(request: Request, context: Context): Promise<Response> {
  announcePortalUrl()
  return NextAuth(request as never, context as never, authOptions())
}

export const GET = handle

/** next-auth checks its own token against forged posts; the Origin is asked for as everywhere else. */
export async function POST(request: Request, context: Context): Promise<Response> {
  if (hasOwnOrigin(request.headers)) return handle(request, context)
  return Response.json(
    { error: { code: 'forbidden', message: 'This request did not come from a page of this portal.' } },
    { status: 403, headers: { 'Cache-Control': 'no-store' } },
  )
}
