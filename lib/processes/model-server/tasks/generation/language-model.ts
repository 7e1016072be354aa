import type { LogitsProcessorList, StoppingCriteria, Tensor } from '@huggingface/transformers'
import type { LoadedModel } from '../adapter'
import type { ChatMessage } from './types'

type Ids = number | number[] | null | undefined

/** What generation uses of the text-generation pipeline. */
export type LanguageModel = {
  tokenizer: {
    (text: string, options: Record<string, unknown>): { input_ids: Tensor; attention_mask: Tensor }
    decode(ids: number[], options?: Record<string, unknown>): string
    apply_chat_template(messages: ChatMessage[], options: Record<string, unknown>): string
    chat_template: unknown
    all_special_ids: number[]
    model_max_length?: number
  }
  model: {
    generate(options: {
      input_ids: Tensor
      attention_mask: Tensor
      streamer: unknown
      stopping_criteria: StoppingCriteria
      logits_processor: LogitsProcessorList
      [parameter: string]: unknown
    }): Promise<unknown>
    config: { max_position_embeddings?: number; n_positions?: number; n_ctx?: number; eos_token_id?: Ids }
    generation_config?: { eos_token_id?: Ids } | null
  }
}

export const languageModel = (model: LoadedModel): LanguageModel => model.pipeline as LanguageModel

/** Longest sequence the model takes, prompt and answer together; null when it does not say. */
export function contextLength({ model, tokenizer }: LanguageModel): number | null {
  const { max_position_embeddings, n_positions, n_ctx } = model.config
  const stated = max_position_embeddings ?? n_positions ?? n_ctx ?? tokenizer.model_max_length
  return typeof stated === 'number' && stated > 0 && stated < 1e9 ? stated : null
}

export function endTokens({ model }: LanguageModel): Set<number> {
  const ids = model.generation_config?.eos_token_id ?? model.config.eos_token_id ?? []
  return new Set([ids].flat())
}
