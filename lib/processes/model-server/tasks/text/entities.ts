import { isContinuation, type Span } from './align'
import { softmax } from './scores'

export const STRATEGIES = ['none', 'simple', 'first', 'average', 'max'] as const
export type Strategy = (typeof STRATEGIES)[number]

/** One token of the text with the model's logits for it. */
export type TokenLogits = { id: number; index: number; word: string; span: Span; logits: readonly number[] }

export type Entity = {
  entity: string
  score: number
  index: number
  word: string
  start: number
  end: number
}
export type EntityGroup = { entity_group: string; score: number; word: string; start: number; end: number }

/** A token, or a whole word, with its winning label. */
type Labelled = { label: string; score: number; tokens: readonly TokenLogits[] }

export type Context = {
  text: string
  labels: Readonly<Record<string, string>>
  ignore: readonly string[]
  decode: (ids: number[]) => string
}

const best = (scores: readonly number[]): { id: number; score: number } => {
  const score = Math.max(...scores)
  return { id: scores.indexOf(score), score }
}

const labelOf = ({ labels }: Context, id: number) => labels[id] ?? `LABEL_${id}`

function labelToken(context: Context, token: TokenLogits): Labelled {
  const { id, score } = best(softmax(token.logits))
  return { label: labelOf(context, id), score, tokens: [token] }
}

/** Every token on its own (`aggregation_strategy: none`). */
export const listEntities = (context: Context, tokens: readonly TokenLogits[]): Entity[] =>
  tokens.flatMap(token => {
    const { label, score } = labelToken(context, token)
    if (context.ignore.includes(label)) return []
    const { index, word, span } = token
    return [{ entity: label, score, index, word, start: span.start, end: span.end }]
  })

/** Neighbouring tokens (or words, for the strategies that make words of tokens first) of one entity as one. */
export function groupEntities(
  context: Context,
  tokens: readonly TokenLogits[],
  strategy: Exclude<Strategy, 'none'>,
): EntityGroup[] {
  const units =
    strategy === 'simple'
      ? tokens.map(token => labelToken(context, token))
      : wordsOf(context.text, tokens).map(word => labelWord(context, word, strategy))
  const groups: { tag: string; members: Labelled[] }[] = []
  for (const unit of units) {
    const { begins, tag } = tagOf(unit.label)
    const open = groups.at(-1)
    if (open && open.tag === tag && !begins) open.members.push(unit)
    else groups.push({ tag, members: [unit] })
  }
  return groups
    .filter(({ tag }) => !context.ignore.includes(tag))
    .map(({ tag, members }) => toGroup(context, tag, members))
}

function toGroup(context: Context, tag: string, members: readonly Labelled[]): EntityGroup {
  const tokens = members.flatMap(member => member.tokens)
  return {
    entity_group: tag,
    score: members.reduce((sum, member) => sum + member.score, 0) / members.length,
    word: context.decode(tokens.map(token => token.id)).trim(),
    start: tokens[0]?.span.start ?? 0,
    end: tokens.at(-1)?.span.end ?? 0,
  }
}

/** `B-PER` begins a new `PER`; labels without a prefix continue what they follow. */
function tagOf(label: string): { begins: boolean; tag: string } {
  const [, prefix, tag] = /^([BIES])-(.+)$/.exec(label) ?? []
  return tag === undefined ? { begins: false, tag: label } : { begins: prefix === 'B' || prefix === 'S', tag }
}

function wordsOf(text: string, tokens: readonly TokenLogits[]): TokenLogits[][] {
  const words: TokenLogits[][] = []
  for (const token of tokens) {
    const open = words.at(-1)
    if (open && isContinuation(text, open.at(-1)?.span, token.span)) open.push(token)
    else words.push([token])
  }
  return words
}

function labelWord(
  context: Context,
  tokens: readonly TokenLogits[],
  strategy: 'first' | 'average' | 'max',
): Labelled {
  const scores = tokens.map(token => softmax(token.logits))
  const first = scores[0] ?? []
  let chosen = best(first)
  if (strategy === 'max') {
    for (const candidate of scores.map(best)) if (candidate.score > chosen.score) chosen = candidate
  }
  if (strategy === 'average') {
    chosen = best(first.map((_, id) => scores.reduce((sum, row) => sum + (row[id] ?? 0), 0) / scores.length))
  }
  return { label: labelOf(context, chosen.id), score: chosen.score, tokens }
}
