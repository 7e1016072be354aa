import type { Task } from './task'

/** The bundled sample model: a folder in the Hub's layout, relative to the project's root. */
export const SAMPLE_MODEL_DIR = 'lib/processes/model-server/sample/model'

/** The labelled sentences its card's accuracy is measured on, relative to the project's root. */
export const SAMPLE_SENTENCES_FILE = 'lib/processes/model-server/sample/sentences.tsv'

export const SAMPLE_MODEL = {
  name: 'sentiment',
  label: 'Sentiment (sample)',
  description:
    'Says whether an English sentence is negative, neutral or positive. Bundled; nothing to download.',
  task: 'text-classification',
  license: 'apache-2.0',
  exampleInput: 'The new release is great and the docs are clear.',
} as const satisfies { name: 'sentiment'; task: Task } & Record<string, string>
