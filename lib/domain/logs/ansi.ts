/** Colour of a span: one of the terminal's 16, which the theme maps, or an exact one. */
export type AnsiColour = { kind: 'palette'; index: number } | { kind: 'rgb'; r: number; g: number; b: number }

export type AnsiStyle = {
  foreground?: AnsiColour
  background?: AnsiColour
  bold?: true
  dim?: true
  italic?: true
  underline?: true
  inverse?: true
  strike?: true
}

export type AnsiSpan = { text: string; style: AnsiStyle }

// Colour and cursor commands, window titles and links (up to their terminator), and the two-byte escapes. An
// unfinished sequence at the end of a cut line is removed as well.
const SEQUENCE =
  /\x1b\[[0-?]*[ -/]*(?:[@-~]|$)|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\|$)|\x1b[PX^_][^\x1b]*(?:\x1b\\|$)|\x1b[ -/]*[0-Z\\^_`-~]?/g

/** The text a person reads: without escape sequences. For matching, levels, copying. */
export const stripAnsi = (text: string): string => (text.includes('\x1b') ? text.replace(SEQUENCE, '') : text)

/** Text with its colours, as values a component can style: never markup. */
export function parseAnsi(text: string): AnsiSpan[] {
  if (!text.includes('\x1b')) return text === '' ? [] : [{ text, style: {} }]
  const spans: AnsiSpan[] = []
  let style: AnsiStyle = {}
  let from = 0
  const push = (to: number) => {
    if (to > from) spans.push({ text: text.slice(from, to), style })
  }
  for (const match of text.matchAll(SEQUENCE)) {
    push(match.index)
    from = match.index + match[0].length
    if (match[0].startsWith('\x1b[') && match[0].endsWith('m')) style = applySgr(style, match[0].slice(2, -1))
  }
  push(text.length)
  return spans
}

const codesOf = (parameters: string): number[] =>
  parameters
    .split(/[;:]/)
    .map(part => (part === '' ? 0 : Number(part)))
    .filter(code => Number.isInteger(code) && code >= 0)

/** Select Graphic Rendition (ECMA-48 8.3.117) with the 256-colour and RGB forms; unknown codes are skipped. */
function applySgr(before: AnsiStyle, parameters: string): AnsiStyle {
  const codes = codesOf(parameters)
  let style = { ...before }
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0
    if (code === 0) style = {}
    else if (code === 38 || code === 48) {
      const [colour, used] = extendedColour(codes, at + 1)
      at += used
      if (colour) style[code === 38 ? 'foreground' : 'background'] = colour
    } else style = applySimple(style, code)
  }
  return style
}

const ON: Record<number, keyof Omit<AnsiStyle, 'foreground' | 'background'>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
}
const OFF: Record<number, (keyof AnsiStyle)[]> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
  39: ['foreground'],
  49: ['background'],
}

function applySimple(style: AnsiStyle, code: number): AnsiStyle {
  const on = ON[code]
  if (on) return { ...style, [on]: true }
  const off = OFF[code]
  if (off) {
    const rest = { ...style }
    for (const key of off) delete rest[key]
    return rest
  }
  const palette = (index: number): AnsiColour => ({ kind: 'palette', index })
  if (code >= 30 && code <= 37) return { ...style, foreground: palette(code - 30) }
  if (code >= 40 && code <= 47) return { ...style, background: palette(code - 40) }
  if (code >= 90 && code <= 97) return { ...style, foreground: palette(code - 90 + 8) }
  if (code >= 100 && code <= 107) return { ...style, background: palette(code - 100 + 8) }
  return style
}

/** `5;n` or `2;r;g;b` from `at`; with how many codes they took. */
function extendedColour(codes: readonly number[], at: number): [AnsiColour | null, number] {
  if (codes[at] === 5) {
    const index = codes[at + 1]
    return [index === undefined || index > 255 ? null : indexedColour(index), 2]
  }
  if (codes[at] === 2) {
    const [r, g, b] = codes.slice(at + 1, at + 4)
    const isColour = r !== undefined && g !== undefined && b !== undefined && Math.max(r, g, b) <= 255
    return [isColour ? { kind: 'rgb', r, g, b } : null, 4]
  }
  return [null, 1]
}

/** xterm's 256 colours: 16 of the palette, a 6 × 6 × 6 cube, 24 greys. */
function indexedColour(index: number): AnsiColour {
  if (index < 16) return { kind: 'palette', index }
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10
    return { kind: 'rgb', r: grey, g: grey, b: grey }
  }
  const cube = index - 16
  const channel = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  return {
    kind: 'rgb',
    r: channel(Math.floor(cube / 36)),
    g: channel(Math.floor(cube / 6) % 6),
    b: channel(cube % 6),
  }
}
