import { z } from 'zod'
import { adapter, json, optional, parseJson } from './adapter'
import { cosineSimilarity, type EmbeddingRecipe, embed, readRecipe, tokenVectors } from './text/embeddings'
import { textModel } from './text/model'

const texts = z.union([z.string(), z.array(z.string()).min(1)])
const MEAN: EmbeddingRecipe = { pooling: 'mean', normalize: false }

/**
 * Nested number arrays. A sentence-transformers model, or a request that names a pooling, gets one vector per text;
 * any other model the vectors of the tokens, as `[[…tokens…]]` per text.
 */
export const featureExtraction = adapter({
  parse: payload =>
    parseJson(payload, {
      inputs: texts,
      parameters: z.object({
        pooling: optional(z.enum(['mean', 'cls', 'max', 'last'])),
        normalize: optional(z.boolean()),
      }),
      expects: 'a text or a list of texts',
    }),

  async run(model, { inputs, parameters }) {
    const text = textModel(model)
    const stated = readRecipe(model.folder)
    const pooled = stated ?? (parameters.pooling || parameters.normalize ? MEAN : null)
    const answers: unknown[] = []
    for (const sentence of [inputs].flat()) {
      answers.push(
        pooled
          ? await embed(text, sentence, {
              pooling: parameters.pooling ?? pooled.pooling,
              normalize: parameters.normalize ?? pooled.normalize,
            })
          : [await tokenVectors(text, sentence)],
      )
    }
    return json(Array.isArray(inputs) ? answers : answers[0])
  },
})

/** `{embeddings}`: one vector, or one per text. */
export const sentenceEmbeddings = adapter({
  parse: payload =>
    parseJson(payload, {
      inputs: z.union([texts, z.object({ sentences: texts }).transform(body => body.sentences)]),
      parameters: z.object({ normalize: optional(z.boolean()) }),
      expects: 'a text or a list of texts',
    }),

  async run(model, { inputs, parameters }) {
    const recipe = readRecipe(model.folder) ?? MEAN
    const used = { ...recipe, normalize: parameters.normalize ?? recipe.normalize }
    const vectors = []
    for (const sentence of [inputs].flat()) vectors.push(await embed(textModel(model), sentence, used))
    return json({ embeddings: Array.isArray(inputs) ? vectors : vectors[0] })
  },
})

/** `{similarities}`: cosine similarity of the source to each sentence. */
export const sentenceSimilarity = adapter({
  parse: payload =>
    parseJson(payload, {
      inputs: z.object({ source_sentence: z.string(), sentences: z.array(z.string()).min(1) }),
      parameters: z.object({}),
      expects: '{"source_sentence", "sentences"}',
    }),

  async run(model, { inputs }) {
    const recipe = readRecipe(model.folder) ?? MEAN
    const source = await embed(textModel(model), inputs.source_sentence, recipe)
    const similarities = []
    for (const sentence of inputs.sentences) {
      similarities.push(cosineSimilarity(source, await embed(textModel(model), sentence, recipe)))
    }
    return json({ similarities })
  },
})
