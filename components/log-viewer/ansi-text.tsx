import type { CSSProperties } from 'react'
import { type AnsiColour, type AnsiSpan, type AnsiStyle, parseAnsi } from '@/lib/domain/logs/ansi'
import { visible } from '@/lib/domain/logs/visible'
import type { Marks } from './marks/use-marks'

/** The text of a line as it is drawn, in pieces of one look each; what is marked counts in it. */
export const drawnSpans = (text: string): AnsiSpan[] =>
  parseAnsi(text).map(span => ({ ...span, text: visible(span.text) }))

export const drawnText = (text: string): string =>
  drawnSpans(text)
    .map(span => span.text)
    .join('')

/**
 * A line's text with its colours and with what was searched for marked. Everything is text in elements of ours:
 * nothing a container writes becomes markup, a link or a control character.
 */
export function AnsiText({ text, marksOf }: { text: string; marksOf: Marks['of'] }) {
  return markMatches(drawnSpans(text), marksOf).map(span => {
    const style = styleOf(span.style)
    if (span.isMatch)
      return (
        <mark key={span.at} style={style} className="rounded-xs bg-state-warning/30 text-inherit">
          {span.text}
        </mark>
      )
    return style ? (
      <span key={span.at} style={style}>
        {span.text}
      </span>
    ) : (
      span.text
    )
  })
}

type Piece = AnsiSpan & { at: number; isMatch: boolean }

/** Matches may begin in one colour and end in another; each span is cut where one begins or ends. */
function markMatches(spans: readonly AnsiSpan[], marksOf: Marks['of']): Piece[] {
  const plain = spans.map(span => span.text).join('')
  const ranges = marksOf(plain)
  const pieces: Piece[] = []
  let at = 0
  for (const span of spans) {
    const end = at + span.text.length
    let from = at
    for (const [start, stop] of ranges) {
      if (stop <= from || start >= end) continue
      if (start > from) pieces.push({ ...span, text: plain.slice(from, start), at: from, isMatch: false })
      const begin = Math.max(start, from)
      const until = Math.min(stop, end)
      pieces.push({ ...span, text: plain.slice(begin, until), at: begin, isMatch: true })
      from = until
    }
    if (from < end) pieces.push({ ...span, text: plain.slice(from, end), at: from, isMatch: false })
    at = end
  }
  return pieces
}

/** The terminal's colours, readable on both themes; the bright ones are the same hues. */
const PALETTE = [
  'var(--muted-foreground)',
  'var(--state-bad)',
  'var(--state-good)',
  'var(--state-warning)',
  'var(--state-progress)',
  'var(--state-idle)',
  'var(--series-7)',
  'var(--foreground)',
]

const cssColour = (colour: AnsiColour): string =>
  colour.kind === 'palette'
    ? (PALETTE[colour.index % 8] ?? 'inherit')
    : `rgb(${colour.r} ${colour.g} ${colour.b})`

function styleOf(style: AnsiStyle): CSSProperties | undefined {
  if (Object.keys(style).length === 0) return undefined
  const front = style.foreground && cssColour(style.foreground)
  const back = style.background && cssColour(style.background)
  const [color, background] = style.inverse
    ? [back ?? 'var(--card)', front ?? 'var(--foreground)']
    : [front, back && `color-mix(in oklab, ${back} 25%, transparent)`]
  const lines = [style.underline && 'underline', style.strike && 'line-through'].filter(Boolean).join(' ')
  return {
    ...(color ? { color } : {}),
    ...(background ? { background } : {}),
    ...(style.bold ? { fontWeight: 600 } : {}),
    ...(style.dim ? { opacity: 0.7 } : {}),
    ...(style.italic ? { fontStyle: 'italic' } : {}),
    ...(lines ? { textDecoration: lines } : {}),
  }
}
