import { type ExampleRequest, exampleRequest, type Json } from '@/lib/domain/endpoint/example-request'
import type { Task } from '@/lib/domain/endpoint/task'

/** What a task's form asks for; every task can be tried with raw JSON besides. */
export type FormKind =
  | 'text'
  | 'qa'
  | 'labels'
  | 'similarity'
  | 'ranking'
  | 'chat'
  | 'image'
  | 'audio'
  | 'json'

const KINDS: Partial<Record<Task, FormKind>> = {
  'text-classification': 'text',
  'token-classification': 'text',
  'fill-mask': 'text',
  summarization: 'text',
  translation: 'text',
  'text2text-generation': 'text',
  'feature-extraction': 'text',
  'sentence-embeddings': 'text',
  'text-to-audio': 'text',
  'question-answering': 'qa',
  'zero-shot-classification': 'labels',
  'sentence-similarity': 'similarity',
  'sentence-ranking': 'ranking',
  'text-generation': 'chat',
  'image-classification': 'image',
  'image-segmentation': 'image',
  'object-detection': 'image',
  'image-to-text': 'image',
  'image-to-image': 'image',
  'image-feature-extraction': 'image',
  'background-removal': 'image',
  'depth-estimation': 'image',
  'audio-classification': 'audio',
  'automatic-speech-recognition': 'audio',
}

export const formKindOf = (task: Task): FormKind => KINDS[task] ?? 'json'

/** One text for the main input, one for what stands beside it (context, labels, sentences: one per line). */
export type FormFields = { main: string; second: string }

type Inputs = { readonly [key: string]: Json }
const isObject = (value: Json | undefined): value is Inputs =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: Json | undefined): string =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(text).join('\n') : ''

/** The form filled with the task's example, so that one click shows what the model does. */
export function exampleFields(task: Task): FormFields {
  const request = exampleRequest(task)
  if (request.kind !== 'json' || !isObject(request.body)) return { main: '', second: '' }
  const { inputs, parameters } = request.body
  switch (formKindOf(task)) {
    case 'qa':
      return isObject(inputs)
        ? { main: text(inputs.question), second: text(inputs.context) }
        : { main: '', second: '' }
    case 'similarity':
      return isObject(inputs)
        ? { main: text(inputs.source_sentence), second: text(inputs.sentences) }
        : { main: '', second: '' }
    case 'ranking':
      return isObject(inputs)
        ? { main: text(inputs.query), second: text(inputs.texts) }
        : { main: '', second: '' }
    case 'labels':
      return { main: text(inputs), second: isObject(parameters) ? text(parameters.candidate_labels) : '' }
    default:
      return { main: Array.isArray(inputs) ? text(inputs[0]) : text(inputs), second: '' }
  }
}

const lines = (value: string): string[] =>
  value
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)

/** The request's body from a form, in the wire format of HF's inference toolkit (reference C.2). */
export function bodyOf(kind: FormKind, { main, second }: FormFields): Json {
  switch (kind) {
    case 'qa':
      return { inputs: { question: main, context: second } }
    case 'similarity':
      return { inputs: { source_sentence: main, sentences: lines(second) } }
    case 'ranking':
      return { inputs: { query: main, texts: lines(second) } }
    case 'labels':
      return { inputs: main, parameters: { candidate_labels: lines(second) } }
    default:
      return { inputs: main }
  }
}

/** The example as text for the raw editor; files have none, so there it starts with an empty input. */
export function exampleJson(task: Task): string {
  const request: ExampleRequest = exampleRequest(task)
  return JSON.stringify(request.kind === 'json' ? request.body : { inputs: '' }, null, 2)
}
