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

/** What a task's answer usually is. The playground draws by shape instead: any server may answer there. */
export type AnswerKind = 'scores' | 'entities' | 'boxes' | 'text' | 'vector' | 'image' | 'audio' | 'json'

type TaskForm = { asks: FormKind; answers: AnswerKind }

const FORMS: Partial<Record<Task, TaskForm>> = {
  'text-classification': { asks: 'text', answers: 'scores' },
  'token-classification': { asks: 'text', answers: 'entities' },
  'fill-mask': { asks: 'text', answers: 'scores' },
  summarization: { asks: 'text', answers: 'text' },
  translation: { asks: 'text', answers: 'text' },
  'text2text-generation': { asks: 'text', answers: 'text' },
  'feature-extraction': { asks: 'text', answers: 'vector' },
  'sentence-embeddings': { asks: 'text', answers: 'vector' },
  'text-to-audio': { asks: 'text', answers: 'audio' },
  'question-answering': { asks: 'qa', answers: 'text' },
  'zero-shot-classification': { asks: 'labels', answers: 'scores' },
  'sentence-similarity': { asks: 'similarity', answers: 'scores' },
  'sentence-ranking': { asks: 'ranking', answers: 'scores' },
  'text-generation': { asks: 'chat', answers: 'text' },
  'image-classification': { asks: 'image', answers: 'scores' },
  'image-segmentation': { asks: 'image', answers: 'json' },
  'object-detection': { asks: 'image', answers: 'boxes' },
  'image-to-text': { asks: 'image', answers: 'text' },
  'image-to-image': { asks: 'image', answers: 'image' },
  'image-feature-extraction': { asks: 'image', answers: 'vector' },
  'background-removal': { asks: 'image', answers: 'image' },
  'depth-estimation': { asks: 'image', answers: 'image' },
  'audio-classification': { asks: 'audio', answers: 'scores' },
  'automatic-speech-recognition': { asks: 'audio', answers: 'text' },
}

const taskForm = (task: Task): TaskForm => FORMS[task] ?? { asks: 'json', answers: 'json' }
export const formKindOf = (task: Task): FormKind => taskForm(task).asks
export const answerKindOf = (task: Task): AnswerKind => taskForm(task).answers

/** What stands at a form's inputs; one without a second input has no second label. */
export const INPUT_LABELS: Record<FormKind, { main: string; second?: string }> = {
  text: { main: 'Text' },
  qa: { main: 'Question', second: 'Context' },
  labels: { main: 'Text', second: 'Labels, one per line' },
  similarity: { main: 'Sentence', second: 'Compared with, one per line' },
  ranking: { main: 'Query', second: 'Texts to rank, one per line' },
  chat: { main: 'Message' },
  image: { main: 'Picture' },
  audio: { main: 'Sound' },
  json: { main: 'Body' },
}

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
