import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/domain/result'
import { readHub } from './request'

const pinned = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) })

type Query = { repository: string; revision: string | null; token: string | null }

/** The commit a branch or tag of a Hub repository points to now; null asks for the default branch. */
export async function resolveHubRevision({ repository, revision, token }: Query): Promise<Result<string>> {
  const name = repository.split('/').map(encodeURIComponent).join('/')
  const path = `/api/models/${name}/revision/${encodeURIComponent(revision ?? 'main')}`
  const answer = await readHub(path, pinned, token ?? undefined)
  if (answer.ok) return ok(answer.data.sha)
  const { code, message } = answer.error
  if (code === 'provider_unavailable' || code === 'rate_limited')
    return fail('provider_unavailable', `${message} A commit hash as revision needs no look-up.`)
  return fail('invalid', message, { fields: { 'model.source': message } })
}
