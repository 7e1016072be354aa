import type { Service } from '../service'
import type { ServedTask } from '../tasks/names'
import type { Exchange } from './exchange'
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

/** What a model of this task answers besides `/health` and `/metrics`. */
export const routesOf = (_task: ServedTask): Routes => TOOLKIT
