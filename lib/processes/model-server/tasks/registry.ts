import type { AnyAdapter } from './adapter'
import type { ServedTask } from './names'
import { textClassification } from './text-classification'

/** The library's pipeline that runs a task, and the task's wire format. */
type Entry = { pipeline: PipelineName; adapter: AnyAdapter }
type PipelineName = 'text-classification'

export const REGISTRY: Record<ServedTask, Entry> = {
  'text-classification': { pipeline: 'text-classification', adapter: textClassification },
}

/** `route` tells apart the ways a task can be asked: `predict`, or one of OpenAI's. */
export const adapterOf = (task: ServedTask, _route: string): AnyAdapter => REGISTRY[task].adapter
