import type { ServedTask } from '@/lib/domain/endpoint/task'
import type { ModelSource } from '../settings'
import type { Answer } from '../tasks/adapter'

/** What the engine thread is started with. */
export type EngineStart = {
  source: ModelSource
  task: ServedTask
  threads: number
  dtype: string | null
  /** One Int32: the number of the job to stop (0: none). Shared memory, because a busy thread reads no messages. */
  cancel: SharedArrayBuffer
}

/** One question to the model: what its task's adapter parsed. */
export type EngineRequest = { job: number; input: unknown }

export type Outcome = { ok: true; answer: Answer } | { ok: false; message: string; stack: string }

export type LoadPhase = 'downloading' | 'loading'

export type EngineEvent =
  | { kind: 'progress'; phase: LoadPhase; message: string; progress: number | null; log: boolean }
  | { kind: 'loaded'; description: string }
  | { kind: 'failed'; message: string }
  | { kind: 'part'; job: number; part: unknown }
  | { kind: 'done'; job: number; outcome: Outcome }
