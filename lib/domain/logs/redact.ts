/** Shorter values would black out ordinary words. */
const SHORTEST_SECRET = 8

/**
 * Replaces every secret in a text by `[secret NAME]`. Of a secret with several lines, such as a key, each line is one:
 * output comes line by line.
 */
export function redactor(secrets: Readonly<Record<string, string>>): (text: string) => string {
  const values = Object.entries(secrets)
    .flatMap(([name, value]) =>
      value.split(/\r?\n/).map(line => ({ value: line.trim(), label: `[secret ${name}]` })),
    )
    .filter(({ value }) => value.length >= SHORTEST_SECRET)
    // The longest first: one may be part of another.
    .sort((a, b) => b.value.length - a.value.length)
  if (values.length === 0) return text => text
  return text => {
    let clean = text
    for (const { value, label } of values)
      if (clean.includes(value)) clean = clean.replaceAll(value, () => label)
    return clean
  }
}
