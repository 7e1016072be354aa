// One line per step on the terminal. Plain JavaScript: it runs before any package is installed.

const colours = process.stdout.isTTY && process.stdout.hasColors?.()
const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)

/** An expected failure: its message is for the person, so no stack is shown. */
export class StartError extends Error {}

/** @param {string} text */
export const say = text => process.stdout.write(`${text}\n`)
/** @param {string} text */
export const done = text => say(`${paint(32, '  ✓')} ${text}`)
/** @param {string} text */
export const begin = text => say(`${paint(2, `  · ${text} …`)}`)

/**
 * Says what begins and, when it ended, how long it took.
 * @template T
 * @param {string} text
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(text, work) {
  begin(text)
  const startedAt = performance.now()
  const result = await work()
  done(`${text} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
  return result
}

/** @param {unknown} error */
export function explainAndExit(error) {
  const message = error instanceof StartError ? error.message : (error?.stack ?? String(error))
  process.stderr.write(`\n${paint(31, '✗')} ${message}\n`)
  process.exit(1)
}
