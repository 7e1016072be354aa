/** A WordPiece vocabulary with pieces for every letter and digit, so that any text has tokens. */
export type TinyTokenizer = {
  vocabulary: readonly string[]
  special: readonly string[]
  /** Tokens put around a text, or a pair of texts; none for generation. */
  wraps: boolean
  chatTemplate?: string
  /** CTC models say the same thing several times in a row and blanks between. */
  collapsesRepeats?: boolean
  maxTokens: number
}

export const BERT_SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const
const CHARACTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789']
const PUNCTUATION = [...'.,;:!?\'"()-{}']

export function tinyTokenizer(
  words: readonly string[],
  options: Partial<Omit<TinyTokenizer, 'vocabulary'>> = {},
): TinyTokenizer {
  const special = options.special ?? BERT_SPECIAL
  const pieces = [...words, ...CHARACTERS, ...CHARACTERS.map(character => `##${character}`), ...PUNCTUATION]
  return {
    vocabulary: [...new Set([...special, ...pieces])],
    wraps: true,
    maxTokens: 64,
    ...options,
    special,
  }
}

export const idOf = (tokenizer: TinyTokenizer, token: string): number => {
  const id = tokenizer.vocabulary.indexOf(token)
  if (id < 0) throw new Error(`The tiny tokenizer has no "${token}".`)
  return id
}

/** `tokenizer.json` and `tokenizer_config.json`. */
export function tokenizerFiles(tokenizer: TinyTokenizer): Record<string, unknown> {
  const { vocabulary, special, wraps, chatTemplate, collapsesRepeats, maxTokens } = tokenizer
  return {
    'tokenizer.json': {
      version: '1.0',
      added_tokens: special.map(content => ({
        id: idOf(tokenizer, content),
        content,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      })),
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: wraps ? pairTemplate(tokenizer) : null,
      decoder: collapsesRepeats
        ? { type: 'CTC', pad_token: '[PAD]', word_delimiter_token: '|', cleanup: true }
        : { type: 'WordPiece', prefix: '##', cleanup: true },
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
      },
    },
    'tokenizer_config.json': {
      tokenizer_class: 'BertTokenizer',
      model_max_length: maxTokens,
      pad_token: '[PAD]',
      unk_token: '[UNK]',
      ...(wraps && { cls_token: '[CLS]', sep_token: '[SEP]', mask_token: '[MASK]' }),
      ...(chatTemplate && { chat_template: chatTemplate }),
    },
  }
}

function pairTemplate(tokenizer: TinyTokenizer): object {
  const part = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } })
  const text = (id: string, type_id: number) => ({ Sequence: { id, type_id } })
  const single = [part('[CLS]', 0), text('A', 0), part('[SEP]', 0)]
  return {
    type: 'TemplateProcessing',
    single,
    pair: [...single, text('B', 1), part('[SEP]', 1)],
    special_tokens: Object.fromEntries(
      ['[CLS]', '[SEP]'].map(token => [token, { id: token, ids: [idOf(tokenizer, token)], tokens: [token] }]),
    ),
  }
}
