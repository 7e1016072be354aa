/** Where reading a replica goes on: a provider's position, and how many lines behind it are written already. */
export type Place = { position: string | null; written: number }

const PARTLY = /^~(\d{1,15})~(.*)$/s

/** As the store keeps it. Every place has a text of its own: by it the store knows what follows what. */
export const formatPlace = ({ position, written }: Place): string | null =>
  written === 0 ? position : `~${written}~${position ?? ''}`

export function parsePlace(text: string | null): Place {
  const [, written, position] = PARTLY.exec(text ?? '') ?? []
  if (written === undefined) return { position: text, written: 0 }
  return { position: position || null, written: Number(written) }
}
