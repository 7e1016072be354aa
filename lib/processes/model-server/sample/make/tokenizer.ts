const SPECIAL_TOKENS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'] as const
export const MAX_TOKENS = 512

/** Ids in order: special tokens first, then the words. */
export const vocabularyOf = (words: Iterable<string>): string[] => [...SPECIAL_TOKENS, ...words]

/** Whole words only: without `##` pieces an unknown word is [UNK], which carries no valence. */
export function tokenizerJson(vocabulary: readonly string[]): object {
  const id = (token: string) => vocabulary.indexOf(token)
  const special = (token: string) => ({
    id: id(token),
    content: token,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })
  const template = (...sequences: string[]) => [
    { SpecialToken: { id: '[CLS]', type_id: 0 } },
    ...sequences.flatMap((sequence, index) => [
      { Sequence: { id: sequence, type_id: index } },
      { SpecialToken: { id: '[SEP]', type_id: index } },
    ]),
  ]
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_TOKENS.map(special),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        {
          type: 'BertNormalizer',
          clean_text: true,
          handle_chinese_chars: true,
          strip_accents: true,
          lowercase: true,
        },
        { type: 'Replace', pattern: { String: '’' }, content: "'" },
        // "don't" is "do not": the negator must be a word of its own.
        { type: 'Replace', pattern: { String: "n't" }, content: ' not' },
      ],
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: template('A'),
      pair: template('A', 'B'),
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map(token => [token, { id: token, ids: [id(token)], tokens: [token] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((token, index) => [token, index])),
    },
  }
}

export const tokenizerConfig = {
  tokenizer_class: 'BertTokenizer',
  do_lower_case: true,
  model_max_length: MAX_TOKENS,
  pad_token: '[PAD]',
  unk_token: '[UNK]',
  cls_token: '[CLS]',
  sep_token: '[SEP]',
}
