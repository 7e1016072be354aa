// Control characters, and the direction marks with which a line could show something other than it says.
const HIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

const CONTROL_PICTURES = 0x2400

/**
 * Makes characters that a screen would act on visible instead: control pictures where Unicode has them (␀, ␛),
 * else the code as text. Tabs stay.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, character => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code)
    if (code === 0x7f) return '\u2421'
    return `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** What a terminal would be left with after progress bars rewrote their line. */
export function lastRewrite(text: string): string {
  const trimmed = text.endsWith('\r') ? text.slice(0, -1) : text
  const at = trimmed.lastIndexOf('\r')
  return at === -1 ? trimmed : trimmed.slice(at + 1)
}
