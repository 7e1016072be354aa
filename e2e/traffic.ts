import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Agent, request } from 'undici'
import { z } from 'zod'

const run = promisify(execFile)

const sentSchema = z.array(z.object({ status: z.number(), totalMs: z.number(), requestId: z.string() }))
export type Sent = z.infer<typeof sentSchema>[number]

const PATHS_AT_ONCE = 4

type Load = {
  url: string
  token: string
  clients: number
  /** Of each client, one after the other. */
  requests: number
  /** Begins every request id, which is `{name}-{client}-{number}`. */
  name: string
  /** To classify in each request: how long an answer takes. */
  sentences?: number
}

/** A bounded stress loop from several clients, each a process of its own that waits for its answer before it asks
 * again; every tenth body is broken, so that there are two kinds of answers. */
export async function sendLoad({
  url,
  token,
  clients,
  requests,
  name,
  sentences = 1,
}: Load): Promise<Sent[]> {
  const inputs = Array.from({ length: sentences }, (_, index) => `Sentence ${index} is good.`)
  const body = JSON.stringify({ inputs })
  const client = async (number: number) => {
    const order = { url, token, requests, name: `${name}-${number}`, body, brokenBody: '{"inputs":' }
    const { stdout } = await run(process.execPath, ['e2e/timed-client.mjs', JSON.stringify(order)])
    return sentSchema.parse(JSON.parse(stdout))
  }
  const all = await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  return all.flat()
}

/** Keeps asking until `isDone`; returns every status that was not 200. */
export async function failuresUntil(isDone: () => boolean, url: string, token: string): Promise<number[]> {
  const failures: number[] = []
  while (!isDone()) {
    const response = await request(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: 'Still there?' }),
    })
    await response.body.text()
    if (response.statusCode !== 200) failures.push(response.statusCode)
  }
  return failures
}

/** The smallest value that at least the share `q` of all values does not exceed. */
export function nearestRank(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}

/** Asks once for every path, a few at a time; the replica answers each as its path says. */
export async function sendPaths(url: string, token: string, paths: readonly string[]): Promise<void> {
  const dispatcher = new Agent({ connections: PATHS_AT_ONCE })
  const left = [...paths]
  const client = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const response = await request(`${url}${path}`, {
        dispatcher,
        headers: { authorization: `Bearer ${token}` },
      })
      await response.body.dump()
    }
  }
  await Promise.all(Array.from({ length: PATHS_AT_ONCE }, client))
  await dispatcher.close()
}
