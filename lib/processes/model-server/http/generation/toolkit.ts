import { log } from '../../log'
import type { Service } from '../../service'
import type { Generated, GenerationPart } from '../../tasks/generation/types'
import { type TextGenerationInput, type ToolkitShape, textGeneration } from '../../tasks/text-generation'
import { decodeBody } from '../body'
import type { Exchange } from '../exchange'
import { receive } from '../predict'
import { sendError, sendJson } from '../reply'
import { EventStream } from '../sse'
import { askModel } from '../turn'
import { tgiEvent, tgiLastEvent, toolkitAnswer } from './tgi-shape'

/** POST `/` and `/predict` of a text-generation model: the toolkit's answer, or TGI's events with `stream: true`. */
export async function generateToolkit(service: Service, exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange
  const bytes = await receive(service, exchange)
  if (!bytes) return
  const body = decodeBody(bytes, request.headers['content-type'], url.searchParams, service.task)
  if (!body.ok) return sendError(response, 400, body.error.message)
  const parsed = textGeneration.parse(body.data.payload)
  if (!parsed.ok) return sendError(response, 400, parsed.error.message)
  const { shape, ...input } = parsed.data as TextGenerationInput & { shape: ToolkitShape }
  if (!body.data.stream) return answerAtOnce(service, exchange, { input, shape })
  if (input.prompts.length * input.count > 1) {
    return sendError(response, 400, 'Streaming answers one prompt at a time.')
  }
  return answerAsEvents(service, exchange, { input: { ...input, stream: true, logprobs: true }, shape })
}

type Asked = { input: TextGenerationInput; shape: ToolkitShape }

async function answerAtOnce(service: Service, exchange: Exchange, { input, shape }: Asked): Promise<void> {
  const outcome = await askModel(service, exchange, { input })
  if (!outcome) return
  if (!outcome.ok) return sendError(exchange.response, 400, outcome.message)
  const answers = generatedOf(outcome.answer)
  sendJson(exchange.response, 200, toolkitAnswer(answers, shape), {
    'X-Prompt-Tokens': answers.reduce((sum, answer) => sum + answer.promptTokens, 0),
    'X-Generated-Tokens': answers.reduce((sum, answer) => sum + answer.tokens.length, 0),
  })
}

/** The last token's event carries the whole text, so each event waits for the next one. */
async function answerAsEvents(service: Service, exchange: Exchange, { input, shape }: Asked): Promise<void> {
  const events = new EventStream(exchange)
  const held: GenerationPart[] = []
  const outcome = await askModel(service, exchange, {
    input,
    onPart: value => {
      const part = value as GenerationPart
      if (held[0] && held[0].index !== part.index) events.send(tgiEvent(held[0]), ':')
      held[0] = part
    },
  })
  if (!outcome) return
  if (!outcome.ok) {
    log('WARNING', `request id=${exchange.id} the model failed: ${outcome.stack}`)
    if (!events.started) return sendError(exchange.response, 400, outcome.message)
    events.send({ error: outcome.message, error_type: 'generation' }, ':')
  } else {
    const answer = generatedOf(outcome.answer)[0]
    if (held[0] && answer) events.send(tgiLastEvent(held[0], answer, shape.seed), ':')
  }
  events.end()
}

/** What the text-generation adapter's `run` gives. */
export const generatedOf = (answer: { kind: string; value?: unknown }): Generated[] =>
  answer.kind === 'json' ? (answer.value as Generated[]) : []
