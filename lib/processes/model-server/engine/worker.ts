import { parentPort, workerData } from 'node:worker_threads'
import { fetchModel } from '../hub/fetch-model'
import type { LoadedModel } from '../tasks/adapter'
import { adapterOf } from '../tasks/registry'
import { importLibrary, loadModel } from './load'
import type { EngineEvent, EngineRequest, EngineStart } from './protocol'

/**
 * The engine thread: fetches and loads the model, then answers one job at a time. It is a thread of its own because
 * the runtime computes on the thread that calls it, and health checks must be answered meanwhile.
 */
export async function runEngine(): Promise<void> {
  const port = parentPort
  if (!port) throw new Error('The engine runs in a worker thread.')
  const start = workerData as EngineStart
  const emit = (event: EngineEvent) => port.postMessage(event)
  try {
    const model = await load(start, emit)
    port.on('message', (request: EngineRequest) => void answer(model, request, start.cancel, emit))
  } catch (error) {
    emit({ kind: 'failed', message: messageOf(error) })
  }
}

async function load(start: EngineStart, emit: (event: EngineEvent) => void): Promise<LoadedModel> {
  const library = await importLibrary()
  const { source, task, threads, dtype } = start
  const folder =
    source.kind === 'folder'
      ? source.folder
      : await fetchModel(library, { source, task, dtype }, progress =>
          emit({ kind: 'progress', phase: 'downloading', ...progress }),
        )
  emit({ kind: 'progress', phase: 'loading', message: `Loading ${folder}`, progress: null, log: true })
  const { model, description } = await loadModel(library, { folder, task, threads, dtype })
  emit({ kind: 'loaded', description })
  return model
}

async function answer(
  model: LoadedModel,
  { job, input }: EngineRequest,
  cancel: SharedArrayBuffer,
  emit: (event: EngineEvent) => void,
): Promise<void> {
  const flag = new Int32Array(cancel)
  const control = {
    cancelled: () => Atomics.load(flag, 0) === job,
    emit: (part: unknown) => emit({ kind: 'part', job, part }),
  }
  try {
    const result = await adapterOf(model.task).run(model, input, control)
    emit({ kind: 'done', job, outcome: { ok: true, answer: result } })
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    emit({ kind: 'done', job, outcome: { ok: false, message: messageOf(error), stack } })
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
