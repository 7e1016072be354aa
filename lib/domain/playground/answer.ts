import { z } from 'zod'

/** What of an answer can be drawn; everything else is shown as JSON. */
export type Answer =
  | { kind: 'scores'; items: { label: string; score: number }[] }
  | { kind: 'text'; text: string }
  | { kind: 'entities'; items: { label: string; word: string; score: number }[] }
  | { kind: 'vector'; dimensions: number; vectors: number; head: number[] }
  | { kind: 'boxes'; items: { label: string; score: number; box: string }[] }
  | { kind: 'json' }

const score = z.object({ label: z.string(), score: z.number() })
const zeroShot = z.object({ labels: z.array(z.string()), scores: z.array(z.number()) })
const entity = z.object({
  entity: z.string().optional(),
  entity_group: z.string().optional(),
  word: z.string(),
  score: z.number(),
})
const filled = z.object({ token_str: z.string(), score: z.number() })
const box = z.object({ xmin: z.number(), ymin: z.number(), xmax: z.number(), ymax: z.number() })
const detected = score.extend({ box })
const written = z.union([
  z.object({ generated_text: z.string() }).transform(value => value.generated_text),
  z.object({ summary_text: z.string() }).transform(value => value.summary_text),
  z.object({ translation_text: z.string() }).transform(value => value.translation_text),
  z.object({ text: z.string() }).transform(value => value.text),
  z.object({ answer: z.string() }).transform(value => value.answer),
])
const numbers = z.array(z.number())
const list = <T extends z.ZodType>(item: T) => z.array(item).min(1)

type Reader = (value: unknown) => Answer | undefined

const read =
  <S extends z.ZodType>(schema: S, draw: (data: z.output<S>) => Answer): Reader =>
  value => {
    const parsed = schema.safeParse(value)
    return parsed.success ? draw(parsed.data) : undefined
  }

/** First match wins: the more particular shapes stand before the more general ones. */
const READERS: Reader[] = [
  read(list(detected), items => ({
    kind: 'boxes',
    items: items.map(item => ({
      ...item,
      box: `${item.box.xmin}, ${item.box.ymin} – ${item.box.xmax}, ${item.box.ymax}`,
    })),
  })),
  read(list(score), items => ({ kind: 'scores', items })),
  read(zeroShot, ({ labels, scores }) => ({
    kind: 'scores',
    items: labels.map((label, index) => ({ label, score: scores[index] ?? 0 })),
  })),
  read(list(entity), items => ({
    kind: 'entities',
    items: items.map(item => ({
      label: item.entity_group ?? item.entity ?? '',
      word: item.word,
      score: item.score,
    })),
  })),
  read(list(filled), items => ({
    kind: 'scores',
    items: items.map(item => ({ label: item.token_str, score: item.score })),
  })),
  read(list(written), items => ({ kind: 'text', text: items.join('\n') })),
  read(written, text => ({ kind: 'text', text })),
  read(z.object({ similarities: numbers }), ({ similarities }) => scoresOf(similarities)),
  read(z.object({ scores: numbers }), ({ scores }) => scoresOf(scores)),
  read(z.object({ embeddings: list(numbers) }), ({ embeddings }) => vectorsOf(embeddings)),
  read(list(numbers), vectorsOf),
  read(list(list(numbers)), tokens => vectorsOf(tokens[0] ?? [])),
]

const scoresOf = (values: number[]): Answer => ({
  kind: 'scores',
  items: values.map((value, index) => ({ label: `Sentence ${index + 1}`, score: value })),
})

function vectorsOf(vectors: number[][]): Answer {
  const first = vectors[0] ?? []
  return { kind: 'vector', vectors: vectors.length, dimensions: first.length, head: first.slice(0, 8) }
}

/** Recognises an answer by its shape, whichever model server gave it. */
export function answerOf(value: unknown): Answer {
  for (const reader of READERS) {
    const answer = reader(value)
    if (answer) return answer
  }
  return { kind: 'json' }
}
