import type { Outcome } from '../engine/protocol'
import type { Service } from '../service'
import type { Exchange } from './exchange'
import { sendError } from './reply'

const RETRY_AFTER_SECONDS = 1

/**
 * Waits for a turn and asks the model. Null when there is nothing left to answer: the caller left, or was told that
 * the queue is full. A caller who leaves gives its place back at once; what the model already computes for it is
 * stopped where the task can.
 */
export async function askModel(
  service: Service,
  exchange: Exchange,
  question: { input: unknown; onPart?: (part: unknown) => void },
): Promise<Outcome | null> {
  const arrivedMs = performance.now()
  const turn = await service.queue.enter(exchange.left)
  exchange.queueMs = performance.now() - arrivedMs
  if (turn === 'aborted') return null
  if (turn === 'full') {
    refuseAsFull(service, exchange)
    return null
  }
  try {
    if (!service.engine) throw new Error('The engine is not running.')
    return await service.engine.run(question.input, exchange.left, question.onPart ?? (() => {}))
  } finally {
    turn()
  }
}

export function refuseAsFull({ queue }: Service, { response }: Exchange): void {
  const message = `The model is overloaded: ${queue.limit} requests are waiting already. Try again in a moment.`
  sendError(response, 429, message, { 'Retry-After': RETRY_AFTER_SECONDS })
}
