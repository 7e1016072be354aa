import type { LogFilter } from '@/lib/domain/logs/filter'
import { HAS_ESCAPES, HAS_MARKERS } from './frame'
import { bitsOfText, LOWER_TO_ASCII, MARKER, withoutColours } from './grams'
import { ESCAPE } from './payload'

/**
 * False only where no line in these bytes can match; looks at batches as they are stored, without parsing them.
 * `levelMask` is that of their frame, where it is known.
 */
export type RawTest = (bytes: Buffer, levelMask?: number) => boolean
type Needle = (bytes: Buffer) => boolean

/**
 * Looks for a filter's texts in their JSON spelling. Bytes with markers pass whatever is searched, for a marker may
 * stand for lines that match; so do those with escape sequences that are more than colours.
 */
export function rawTest(filter: LogFilter): RawTest {
  const needles: Needle[] = []
  if (filter.request !== '') needles.push(includes(JSON.stringify(filter.request)))
  if (filter.q !== '' && !filter.regex) {
    const spelled = JSON.stringify(filter.q).slice(1, -1)
    needles.push(filter.case ? includes(spelled) : includesInAnyCase(spelled))
  }
  for (const text of filter.with) needles.push(includesInAnyCase(JSON.stringify(text).slice(1, -1)))
  if (needles.length === 0) return () => true
  return (bytes, levelMask = HAS_MARKERS | HAS_ESCAPES) => {
    if (needles.every(test => test(bytes))) return true
    if (levelMask & HAS_MARKERS && bytes.includes(MARKER)) return true
    if (!(levelMask & HAS_ESCAPES && bytes.includes(ESCAPE))) return false
    const plain = withoutColours(bytes)
    return plain.includes(ESCAPE) || needles.every(test => test(plain))
  }
}

/** The bits (`grams.ts`) without which no line of a block can match. */
export function bitsOfFilter(filter: LogFilter): number[] {
  const texts = filter.request === '' ? [] : [JSON.stringify(filter.request)]
  const searched = filter.regex || filter.q === '' ? filter.with : [filter.q, ...filter.with]
  return texts.concat(searched.map(text => JSON.stringify(text).slice(1, -1))).flatMap(bitsOfText)
}

function includes(text: string): Needle {
  const needle = Buffer.from(text)
  return bytes => bytes.includes(needle)
}

function includesInAnyCase(text: string): Needle {
  // Beyond ASCII a case is more than a bit, and the bytes must be read as characters.
  if (/[^\x00-\x7f]/.test(text)) {
    const lower = text.toLowerCase()
    return bytes => bytes.toString('utf8').toLowerCase().includes(lower)
  }
  const expression = new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'i')
  return bytes =>
    expression.test(bytes.toString('latin1')) || LOWER_TO_ASCII.some(other => bytes.includes(other))
}
