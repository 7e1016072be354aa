import { Agent, request } from 'undici'
import { z } from 'zod'

const TIMEOUT_MS = 5000
/** A replica's answers are not trusted, and none of them needs more. */
const MAX_ANSWER_BYTES = 64 * 1024

const agent = new Agent({
  connectTimeout: TIMEOUT_MS,
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
  maxResponseSize: MAX_ANSWER_BYTES,
  keepAliveTimeout: 1000,
})

const startingAnswer = z.object({
  phase: z.enum(['downloading', 'loading']),
  message: z.string().max(1000),
  progress: z.number().min(0).max(1).nullable(),
})

export type Health =
  | { kind: 'ready' }
  | { kind: 'starting'; phase: 'downloading' | 'loading'; message: string; progress: number | null }
  /** It answers, but not that it is well. */
  | { kind: 'unwell'; message: string }
  /** It accepts connections and says nothing in time: likely too busy. */
  | { kind: 'silent' }
  | { kind: 'closed' }

/** What a replica says about itself at `/health`. */
export async function askHealth(address: string): Promise<Health> {
  try {
    const { statusCode, body } = await request(`${address}/health`, { dispatcher: agent })
    const text = await body.text()
    if (statusCode === 200) return { kind: 'ready' }
    const starting = statusCode === 503 ? startingAnswer.safeParse(parseJson(text)) : null
    if (starting?.success) return { kind: 'starting', ...starting.data }
    return { kind: 'unwell', message: `Its health check answers ${statusCode}.` }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    return code === 'ECONNREFUSED' || code === 'ECONNRESET' ? { kind: 'closed' } : { kind: 'silent' }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
