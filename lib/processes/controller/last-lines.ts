import type { LogRef, Provider } from '@/lib/server/providers/port'

const LINES = 10
const LINE_CHARACTERS = 400
const PATIENCE_MS = 5_000
/** Shorter values would black out ordinary words. */
const SHORTEST_SECRET = 4

type Asked = LogRef & { secrets: readonly string[] }

/** The end of what a replica wrote, fit to be shown: no secrets, no escape sequences. Empty where nothing is to be had. */
export async function lastLines(provider: Provider, asked: Asked): Promise<string[]> {
  const { secrets, ...ref } = asked
  const aborter = new AbortController()
  const timer = setTimeout(() => aborter.abort(), PATIENCE_MS)
  let last: string[] = []
  try {
    const output = provider.logs(ref, { since: null, follow: false, signal: aborter.signal })
    for await (const { lines } of output) {
      last = [...last, ...lines.slice(-LINES).map(line => String(line.text))].slice(-LINES)
    }
  } catch {
    // What was read so far is better than nothing, and no reason to leave the failure unsaid.
  } finally {
    clearTimeout(timer)
  }
  return last.map(line => presentable(line, secrets)).filter(line => line !== '')
}

/** Without secrets, terminal sequences and control characters, and of bearable length. */
export function presentable(line: string, secrets: readonly string[]): string {
  let text = line
  for (const secret of secrets) {
    if (secret.length >= SHORTEST_SECRET) text = text.replaceAll(secret, '[redacted]')
  }
  const plain = text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trimEnd()
  return plain.length > LINE_CHARACTERS ? `${plain.slice(0, LINE_CHARACTERS)}…` : plain
}
