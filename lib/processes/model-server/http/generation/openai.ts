import type { Result } from '@/lib/domain/result'
import { log } from '../../log'
import type { Service } from '../../service'
import type { GenerationPart } from '../../tasks/generation/types'
import { parseJsonObject } from '../body'
import type { Exchange } from '../exchange'
import { receive } from '../predict'
import { sendJson } from '../reply'
import { EventStream } from '../sse'
import { askModel } from '../turn'
import { type OpenAiRequest, parseChat, parseCompletion } from './openai-request'
import {
  closingChunk,
  type Header,
  newHeader,
  openAiError,
  openingChunk,
  partChunk,
  type Style,
  usageChunk,
  wholeAnswer,
} from './openai-shape'
import { generatedOf } from './toolkit'

/** POST `/v1/chat/completions`. */
export const chatCompletions = (service: Service, exchange: Exchange) =>
  complete(service, exchange, 'chat', parseChat)

/** POST `/v1/completions`. */
export const completions = (service: Service, exchange: Exchange) =>
  complete(service, exchange, 'completion', parseCompletion)

/** GET `/v1/models`: the one model there is. */
export function listModels(service: Service, { response }: Exchange): void {
  const model = {
    id: service.modelName,
    object: 'model',
    created: service.startedAtSeconds,
    owned_by: 'slipway',
  }
  sendJson(response, 200, { object: 'list', data: [model] })
}

async function complete(
  service: Service,
  exchange: Exchange,
  style: Style,
  parse: (body: unknown) => Result<OpenAiRequest>,
): Promise<void> {
  const bytes = await receive(service, exchange)
  if (!bytes) return
  const body = parseJsonObject(bytes)
  const request = body.ok ? parse(body.data) : body
  if (!request.ok) return refuse(exchange, request.error.message)
  const header = newHeader(style, exchange.id, service.modelName, Date.now())
  const answer = request.data.input.stream ? answerAsEvents : answerAtOnce
  return answer(service, exchange, { header, request: request.data })
}

type Asked = { header: Header; request: OpenAiRequest }

async function answerAtOnce(service: Service, exchange: Exchange, { header, request }: Asked): Promise<void> {
  const outcome = await askModel(service, exchange, { input: request.input })
  if (!outcome) return
  if (!outcome.ok) return refuse(exchange, outcome.message)
  const options = { perPrompt: request.input.count, echo: request.echo }
  sendJson(exchange.response, 200, wholeAnswer(header, generatedOf(outcome.answer), options))
}

async function answerAsEvents(
  service: Service,
  exchange: Exchange,
  { header, request }: Asked,
): Promise<void> {
  const events = new EventStream(exchange)
  const { count } = request.input
  let opened = -1
  const open = (sequence: number) => {
    while (opened < sequence) {
      opened += 1
      events.send(openingChunk(header, opened, request.echo[Math.floor(opened / count)] ?? ''))
    }
  }
  const outcome = await askModel(service, exchange, {
    input: request.input,
    onPart: value => {
      const part = value as GenerationPart
      open(part.sequence)
      if (part.text !== '') events.send(partChunk(header, part))
    },
  })
  if (!outcome) return
  if (!outcome.ok) {
    log('WARNING', `request id=${exchange.id} the model failed: ${outcome.stack}`)
    if (!events.started) return refuse(exchange, outcome.message)
    events.send(openAiError(outcome.message, 'server_error', 500))
  } else {
    const answers = generatedOf(outcome.answer)
    open(answers.length - 1)
    answers.forEach((answer, index) => {
      events.send(closingChunk(header, index, answer))
    })
    if (request.includeUsage) events.send(usageChunk(header, answers, count))
    events.send('[DONE]')
  }
  events.end()
}

const refuse = ({ response }: Exchange, message: string): void =>
  sendJson(response, 400, openAiError(message, 'invalid_request_error', 400))
