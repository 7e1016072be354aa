import type { Task } from '@/lib/domain/endpoint/task'

/** Every task this server answers: HF's inference toolkit's, less `custom`, which needs a container. */
export const MODEL_SERVER_TASKS = ['text-classification'] as const satisfies readonly Exclude<
  Task,
  'custom'
>[]

export type ServedTask = (typeof MODEL_SERVER_TASKS)[number]
