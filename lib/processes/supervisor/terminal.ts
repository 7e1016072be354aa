const RED = 31
const GREEN = 32
const YELLOW = 33
const DIM = 2
const BOLD = 1

// Whoever closed the terminal does not want to stop Slipway half-way with a write error.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

/** `hasColors` honours NO_COLOR and FORCE_COLOR. */
function paint(code: number, text: string): string {
  return process.stdout.isTTY && process.stdout.hasColors() ? `\u001b[${code}m${text}\u001b[0m` : text
}

export const bold = (text: string): string => paint(BOLD, text)
export const say = (text = ''): void => void process.stdout.write(`${text}\n`)
export const done = (text: string): void => say(`${paint(GREEN, '  ✓')} ${text}`)
export const warn = (text: string): void => say(`${paint(YELLOW, '  !')} ${text}`)
export const begin = (text: string): void => say(paint(DIM, `  · ${text} …`))
export const fault = (text: string): void => void process.stderr.write(`\n${paint(RED, '✗')} ${text}\n`)

const LABEL_WIDTH = 11

/** A line of one of the programs, e.g. `  gateway    warn  The database does not answer.` */
export function echo(program: string, level: 'warn' | 'error', text: string): void {
  const mark = level === 'error' ? paint(RED, 'error') : paint(YELLOW, 'warn ')
  say(`  ${paint(DIM, program.padEnd(LABEL_WIDTH))}${mark} ${text}`)
}

/** Says what was done and how long it took. */
export async function step<T>(text: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await work()
  done(`${text} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
  return result
}
