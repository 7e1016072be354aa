import { Agent, request } from 'undici'

export type Sent = { status: number; totalMs: number; requestId: string }

type Load = {
  url: string
  token: string
  clients: number
  /** Of each client, one after the other. */
  requests: number
  /** Begins every request id. */
  name: string
}

/** What a client sends: every tenth body is broken, so that there are two kinds of answers. */
const bodyOf = (index: number): string =>
  index % 10 === 9 ? '{"inputs":' : JSON.stringify({ inputs: `Sentence ${index} is good.` })

/** A bounded stress loop from several clients; each waits for its answer before it asks again. */
export async function sendLoad({ url, token, clients, requests, name }: Load): Promise<Sent[]> {
  const dispatcher = new Agent({ connections: clients })
  const client = async (number: number) => {
    const sent: Sent[] = []
    for (let index = 0; index < requests; index++) {
      const requestId = `${name}-${number}-${index}`
      const startedAt = performance.now()
      const response = await request(url, {
        method: 'POST',
        dispatcher,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'x-request-id': requestId,
        },
        body: bodyOf(index),
      })
      await response.body.text()
      sent.push({ status: response.statusCode, totalMs: performance.now() - startedAt, requestId })
    }
    return sent
  }
  const all = await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  await dispatcher.close()
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
