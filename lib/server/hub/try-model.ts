import { z } from 'zod'
import type { Task } from '@/lib/domain/endpoint/task'
import { formKindOf } from '@/lib/domain/playground/form'
import { fail, ok, type Result } from '@/lib/domain/result'
import { env } from '@/lib/server/env'
import { readHub } from './request'

/** A model that is not warm is loaded first. */
const TIMEOUT_MS = 120_000
const SCOPE = 'inference.serverless.write'

const served = z.object({
  inferenceProviderMapping: z
    .record(z.string(), z.object({ status: z.string(), task: z.string().nullish() }))
    .nullish(),
})

export type Trial = {
  repository: string
  task: Task
  token: string
  contentType: string
  body: ArrayBuffer
  signal: AbortSignal
}

const refused = z.object({
  error: z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]),
})

/**
 * Asks whoever serves a model at Hugging Face's Inference Providers. Chats go to any of them by OpenAI's route, other
 * tasks to Hugging Face's own, the only one that speaks the toolkit's format.
 */
export async function tryModel(trial: Trial): Promise<Result<Response>> {
  const { repository, task, token, contentType, body, signal } = trial
  const path = await pathOf(trial)
  if (!path.ok) return path
  const response = await fetch(`${env().SLIPWAY_HF_ROUTER_URL}${path.data}`, {
    method: 'POST',
    redirect: 'error',
    headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  }).catch(() => null)
  if (response === null)
    return fail(
      'provider_unavailable',
      `${new URL(env().SLIPWAY_HF_ROUTER_URL).host} cannot be reached from here, or did not answer within two minutes.`,
    )
  return response.ok ? ok(response) : await refusal(response, repository, task)
}

async function pathOf({ repository, task, token }: Trial): Promise<Result<string>> {
  const id = repository.split('/').map(encodeURIComponent).join('/')
  const model = await readHub(`/api/models/${id}?expand=inferenceProviderMapping`, served, token)
  if (!model.ok) return model
  const live = Object.entries(model.data.inferenceProviderMapping ?? {}).filter(
    ([, { status }]) => status === 'live',
  )
  if (formKindOf(task) === 'chat')
    return live.some(([, provider]) => provider.task === 'conversational')
      ? ok('/v1/chat/completions')
      : fail('invalid_state', `No provider serves ${repository} for chat now. Deploy it to try it.`)
  if (live.some(([name]) => name === 'hf-inference')) {
    const isVector = task === 'feature-extraction' || task === 'sentence-similarity'
    return ok(`/hf-inference/models/${id}${isVector ? `/pipeline/${task}` : ''}`)
  }
  const others = live.map(([name]) => name).join(', ')
  return fail(
    'invalid_state',
    others === ''
      ? `No provider serves ${repository} now. Deploy it to try it.`
      : `${repository} is served by ${others} only, each in a format of its own. Deploy it to try it.`,
  )
}

async function refusal(response: Response, repository: string, task: Task): Promise<Result<never>> {
  const parsed = refused.safeParse(await response.json().catch(() => null))
  const said = parsed.success ? ` It said: ${parsed.data.error.slice(0, 300)}` : ''
  switch (response.status) {
    case 401:
      return fail(
        'provider_refused',
        'Hugging Face does not accept the connection’s token. Replace it under Connections.',
      )
    case 402:
      return fail(
        'provider_refused',
        `The credits of the token’s owner are used up. Buy more or subscribe at Hugging Face under Billing.${said}`,
      )
    case 403:
      return fail(
        'provider_refused',
        `The connection’s token may not call hosted models. Add ${SCOPE} to it at Hugging Face.${said}`,
      )
    case 404:
      return fail(
        'invalid_state',
        `No provider serves ${repository} for ${task} now. Deploy it to try it.${said}`,
      )
    case 429:
      return fail(
        'rate_limited',
        `Hugging Face limits how often it may be asked. Try again in a minute.${said}`,
      )
    case 503:
      return fail('provider_unavailable', `The model is being loaded there. Try again in a minute.${said}`)
    default:
      return fail(
        response.status < 500 ? 'provider_refused' : 'provider_unavailable',
        `The provider answered ${response.status}.${said}`,
      )
  }
}
