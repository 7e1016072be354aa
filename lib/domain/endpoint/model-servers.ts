import type { Accelerator } from '@/lib/domain/hardware/accelerator'
import { type Task, taskLabel } from './task'

/** Servers of Hugging Face's containers, for a provider that lets people choose; without a choice it chooses. */
export const MODEL_SERVERS = ['toolkit', 'tgi', 'vllm', 'tei'] as const
export type ModelServer = (typeof MODEL_SERVERS)[number]

type Info = {
  label: string
  help: string
  tasks: readonly Task[] | null
  accelerators: readonly Accelerator[]
}

export const MODEL_SERVER_INFO: Record<ModelServer, Info> = {
  toolkit: {
    label: 'Inference toolkit',
    help: 'Runs any task with transformers.',
    tasks: null,
    accelerators: ['cpu', 'gpu'],
  },
  tgi: {
    label: 'TGI (Text Generation Inference)',
    help: 'Generates text on GPUs. Takes prompts and chats.',
    tasks: ['text-generation'],
    accelerators: ['gpu'],
  },
  vllm: {
    label: 'vLLM',
    help: 'Generates text on GPUs, also with the newest models. Takes OpenAI’s requests.',
    tasks: ['text-generation'],
    accelerators: ['gpu'],
  },
  tei: {
    label: 'TEI (Text Embeddings Inference)',
    help: 'Embeds and ranks texts, many at once.',
    tasks: ['feature-extraction', 'sentence-embeddings', 'sentence-ranking'],
    accelerators: ['cpu', 'gpu'],
  },
}

/** Why a server cannot run a model; null where it can, as far as task and hardware tell. */
export function serverProblem(
  server: ModelServer,
  { task, accelerator }: { task: Task; accelerator: Accelerator },
): string | null {
  const { label, tasks, accelerators } = MODEL_SERVER_INFO[server]
  const named = (each: Task) => taskLabel(each).toLowerCase()
  if (tasks && !tasks.includes(task))
    return `${label} is for ${tasks.map(named).join(', ')}, not for ${named(task)}.`
  if (!accelerators.includes(accelerator)) return `${label} needs a GPU: choose another instance type.`
  return null
}
