import type { Engine } from './engine/client'
import { type Gauges, Metrics } from './http/metrics'
import { BoundedQueue } from './queue'
import type { Readiness } from './readiness'
import type { Settings } from './settings'

/** What the routes share: the model's engine behind its queue, and what is known of both. */
export class Service {
  readonly metrics = new Metrics()
  readonly queue: BoundedQueue
  readiness: Readiness = { kind: 'starting', phase: 'loading', message: 'Starting', progress: null }
  /** Set right after construction: the engine reports to this object. */
  engine: Engine | null = null

  readonly startedAtSeconds = Math.floor(Date.now() / 1000)

  constructor(readonly settings: Settings) {
    this.queue = new BoundedQueue(settings.queueLimit)
  }

  get task(): Settings['task'] {
    return this.settings.task
  }

  /** What OpenAI's routes call the model. */
  get modelName(): string {
    const { source } = this.settings
    return source.kind === 'hub'
      ? source.repository
      : (source.folder.split(/[\\/]/).filter(Boolean).at(-1) ?? 'model')
  }

  gauges(): Gauges {
    return { running: this.queue.running, waiting: this.queue.waiting }
  }
}
