/**
 * One client of the load, as a process of its own: a stopwatch that shares its thread with a browser's
 * test runner measures the test runner. Reads its order from the first argument, prints what it sent as JSON.
 */
import { Agent, request } from 'node:http'

/** Answered by the gateway itself: opens the connection and warms this process up, counted nowhere. */
const WARM_UP_PATH = '/healthz'
const WARM_UPS = 20

const { url, token, name, requests, body, brokenBody } = JSON.parse(process.argv[2] ?? '{}')
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

function send(target, requestId, text) {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'x-request-id': requestId,
    }
    const startedAt = performance.now()
    request(target, { method: 'POST', agent, headers }, response => {
      response.resume()
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode, totalMs: performance.now() - startedAt, requestId }),
      )
    })
      .on('error', reject)
      .end(text)
  })
}

for (let index = 0; index < WARM_UPS; index++) await send(new URL(WARM_UP_PATH, url), 'warm-up', body)
const sent = []
for (let index = 0; index < requests; index++)
  sent.push(await send(url, `${name}-${index}`, index % 10 === 9 ? brokenBody : body))
agent.destroy()
process.stdout.write(JSON.stringify(sent))
