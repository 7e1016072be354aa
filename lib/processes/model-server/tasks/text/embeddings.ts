import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { output, type TextModel } from './model'

export type Pooling = 'mean' | 'cls' | 'max' | 'last'

/** How sentence-transformers makes one vector of a text's token vectors, as the repository states it. */
export type EmbeddingRecipe = { pooling: Pooling; normalize: boolean }

const poolingConfig = z.object({
  pooling_mode_cls_token: z.boolean().default(false),
  pooling_mode_max_tokens: z.boolean().default(false),
  pooling_mode_lasttoken: z.boolean().default(false),
})
const modules = z.array(z.object({ type: z.string() }))

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/** The repository's recipe; null when it is no sentence-transformers model. */
export function readRecipe(folder: string): EmbeddingRecipe | null {
  const pooling = poolingConfig.safeParse(readJson(join(folder, '1_Pooling', 'config.json')))
  if (!pooling.success) return null
  const { data } = pooling
  const parts = modules.safeParse(readJson(join(folder, 'modules.json')))
  return {
    pooling: data.pooling_mode_cls_token
      ? 'cls'
      : data.pooling_mode_lasttoken
        ? 'last'
        : data.pooling_mode_max_tokens
          ? 'max'
          : 'mean',
    normalize: parts.success && parts.data.some(part => part.type.endsWith('Normalize')),
  }
}

/** Vectors of each of the text's tokens. */
export async function tokenVectors(text: TextModel, sentence: string): Promise<number[][]> {
  const outputs = await text.model(text.tokenizer(sentence, { truncation: true }))
  const tensor =
    outputs.last_hidden_state ??
    outputs.token_embeddings ??
    output(outputs, 'last_hidden_state', 'feature-extraction')
  return (tensor.tolist() as number[][][])[0] ?? []
}

/** One vector for the text. */
export async function embed(text: TextModel, sentence: string, recipe: EmbeddingRecipe): Promise<number[]> {
  const pooled = pool(await tokenVectors(text, sentence), recipe.pooling)
  return recipe.normalize ? toUnitLength(pooled) : pooled
}

export function pool(vectors: readonly number[][], pooling: Pooling): number[] {
  const first = vectors[0] ?? []
  if (pooling === 'cls') return [...first]
  if (pooling === 'last') return [...(vectors.at(-1) ?? [])]
  return first.map((_, column) => {
    const values = vectors.map(vector => vector[column] ?? 0)
    return pooling === 'max'
      ? Math.max(...values)
      : values.reduce((sum, value) => sum + value, 0) / values.length
  })
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)

export function toUnitLength(vector: readonly number[]): number[] {
  const length = Math.sqrt(dot(vector, vector))
  return length === 0 ? [...vector] : vector.map(value => value / length)
}

export const cosineSimilarity = (a: readonly number[], b: readonly number[]): number =>
  dot(toUnitLength(a), toUnitLength(b))
