import { sql } from 'drizzle-orm'
import { database } from '@/lib/server/db/client'

/** Answered per request: a health check that the build computed would always be well. */
export const dynamic = 'force-dynamic'

const TIMEOUT_MS = 2_000

/** Whether this portal can do its work. For load balancers and the supervisor: no sign-in, nothing secret. */
export async function GET(): Promise<Response> {
  const isUp = await Promise.race([
    database()
      .execute(sql`select 1`)
      .then(
        () => true,
        () => false,
      ),
    new Promise<false>(resolve => setTimeout(resolve, TIMEOUT_MS, false)),
  ])
  return Response.json(
    { status: isUp ? 'ok' : 'unavailable', database: isUp ? 'ok' : 'unreachable' },
    { status: isUp ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}
