import type { ServedTask } from '@/lib/domain/endpoint/task'
import type { Service } from '../service'
import type { Exchange } from './exchange'
import { chatCompletions, completions, listModels } from './generation/openai'
import { generateToolkit } from './generation/toolkit'
import { predict } from './predict'

export type Handler = (service: Service, exchange: Exchange) => Promise<void> | void
export type Routes = { get: ReadonlyMap<string, Handler>; post: ReadonlyMap<string, Handler> }

const TOOLKIT: Routes = {
  get: new Map(),
  post: new Map<string, Handler>([
    ['/', predict],
    ['/predict', predict],
  ]),
}

const TEXT_GENERATION: Routes = {
  get: new Map<string, Handler>([['/v1/models', listModels]]),
  post: new Map<string, Handler>([
    ['/', generateToolkit],
    ['/predict', generateToolkit],
    ['/v1/chat/completions', chatCompletions],
    ['/v1/completions', completions],
  ]),
}

/** What a model of this task answers besides `/health` and `/metrics`. */
export const routesOf = (task: ServedTask): Routes => (task === 'text-generation' ? TEXT_GENERATION : TOOLKIT)
