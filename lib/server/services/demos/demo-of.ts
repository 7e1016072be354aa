import { eq } from 'drizzle-orm'
import type { DemoOf } from '@/lib/domain/demo/demo'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import { fail, ok, type Result } from '@/lib/domain/result'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import type { Context } from '../context'
import { refuseDirectOnly } from '../endpoints/refuse-direct-only'
import type { Found } from '../endpoints/require-endpoint'
import { readSummaries } from '../endpoints/summary'

/** What a demo of an endpoint is made of. One that is gone has none; a paused one may be resumed. */
export async function demoOf({ db }: Context, { team, endpoint }: Found): Promise<Result<DemoOf>> {
  const reason = whyNot('update', endpoint)
  if (reason !== null) return fail('invalid_state', reason)
  const refused = await refuseDirectOnly(db, endpoint)
  if (refused) return refused
  const [found] = await readSummaries(db, team.slug, eq(endpoints.id, endpoint.id))
  if (!found) return fail('not_found', `There is no endpoint “${endpoint.name}” in this team.`)
  const { name, url, task, security, model } = found.summary
  return ok({ name, url, task, security, model })
}
