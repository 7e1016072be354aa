import type { Tensor } from '@huggingface/transformers'
import type { LoadedModel } from '../adapter'
import { alignTokens, fillGaps, type Span } from './align'

export type Encoded = { input_ids: Tensor; attention_mask: Tensor }

/** What the text adapters use of a pipeline: they read logits themselves, as HF's Python pipelines do. */
export type TextModel = {
  tokenizer: {
    (text: string | string[], options?: Record<string, unknown>): Encoded
    encode(text: string, options?: Record<string, unknown>): number[]
    decode(ids: (number | bigint)[], options?: Record<string, unknown>): string
    all_special_ids: number[]
    unk_token_id?: number
    sep_token_id?: number
    mask_token?: string
    mask_token_id?: number
    model_max_length?: number
  }
  model: {
    (inputs: Encoded): Promise<Record<string, Tensor>>
    config: {
      id2label?: Record<string, string>
      label2id?: Record<string, number>
      problem_type?: string
      model_type?: string
      max_position_embeddings?: number
      sentence_transformers?: { activation_fn?: string }
    }
  }
}

export const textModel = (model: LoadedModel): TextModel => model.pipeline as TextModel

/** A named output, or a sentence that says which kind of model was expected. */
export function output(outputs: Record<string, Tensor>, name: string, task: string): Tensor {
  const tensor = outputs[name]
  if (!tensor) {
    const names = Object.keys(outputs).join(', ')
    throw new Error(`The model has no output "${name}" (it has ${names}): it is not made for ${task}.`)
  }
  return tensor
}

/** Rows of a tensor's last dimension, as plain numbers. */
export function rowsOf(tensor: Tensor): number[][] {
  const width = tensor.dims.at(-1) ?? 1
  const data = tensor.data as Float32Array
  return Array.from({ length: data.length / width }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width)),
  )
}

export const idsOf = (encoded: Encoded): number[] =>
  Array.from(encoded.input_ids.data as BigInt64Array, id => Number(id))

/**
 * Positions of the tokens that stand for text. An unknown word is a special token to the library, but it stands for a
 * word all the same.
 */
export function textPositions({ tokenizer }: TextModel, ids: readonly number[]): number[] {
  const special = new Set(tokenizer.all_special_ids)
  return ids.flatMap((id, index) => (special.has(id) && id !== tokenizer.unk_token_id ? [] : [index]))
}

/** Where each token lies in the text. */
export const spansOf = ({ tokenizer }: TextModel, text: string, ids: readonly number[]): Span[] =>
  fillGaps(
    text,
    alignTokens(
      text,
      ids.map(id => tokenizer.decode([id])),
    ),
  )

/** How many tokens the model takes, special ones included. */
export function maxTokens({ tokenizer, model }: TextModel): number {
  const limits = [tokenizer.model_max_length, model.config.max_position_embeddings].filter(
    (limit): limit is number => typeof limit === 'number' && limit > 0 && Number.isFinite(limit),
  )
  return Math.min(512 * 64, ...limits)
}
