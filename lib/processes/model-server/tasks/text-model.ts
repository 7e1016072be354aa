import type { Tensor } from '@huggingface/transformers'
import type { LoadedModel } from './adapter'

type Encoded = { input_ids: Tensor; attention_mask: Tensor }

/** What the text adapters use of a pipeline: they read logits themselves, as HF's Python pipelines do. */
export type TextModel = {
  tokenizer: {
    (text: string | string[], options?: Record<string, unknown>): Encoded
    decode(ids: (number | bigint)[], options?: Record<string, unknown>): string
    all_special_ids: number[]
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
    }
  }
}

export const textModel = (model: LoadedModel): TextModel => model.pipeline as TextModel

/** A named output, or a sentence that says which kind of model was expected. */
export function output(outputs: Record<string, Tensor>, name: string, task: string): Tensor {
  const tensor = outputs[name]
  if (!tensor) {
    throw new Error(
      `The model has no output "${name}" (it has ${Object.keys(outputs).join(', ')}): not a ${task} model.`,
    )
  }
  return tensor
}

/** Rows of a [batch, n] or [batch, m, n] tensor's data as plain numbers. */
export function rowsOf(tensor: Tensor): number[][] {
  const width = tensor.dims.at(-1) ?? 1
  const data = tensor.data as Float32Array
  return Array.from({ length: data.length / width }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width)),
  )
}
