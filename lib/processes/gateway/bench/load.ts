import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Pool } from 'undici'
import { BENCH_TOKEN } from './token'

const BODY = '{"inputs":"a sentence of the length that people usually send"}'
const CONNECTIONS = 32
const run = promisify(execFile)

export type Load = (url: string, seconds: number) => Promise<{ requests: number; failures: number }>

/** wrk where it is installed (a client that costs little), else undici. */
export async function chooseLoad(): Promise<{ name: string; load: Load }> {
  const hasWrk = await run('wrk', ['-v']).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
  return hasWrk ? { name: 'wrk', load: byWrk } : { name: 'undici', load: byUndici }
}

const byWrk: Load = async (url, seconds) => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
  const script = join(folder, 'post.lua')
  writeFileSync(
    script,
    `wrk.method = "POST"\nwrk.body = [[${BODY}]]\nwrk.headers["Content-Type"] = "application/json"\nwrk.headers["Authorization"] = "Bearer ${BENCH_TOKEN}"\n`,
  )
  try {
    const args = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, url]
    const { stdout } = await run('wrk', args)
    const count = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? 0)
    return { requests: count(/(\d+) requests in/), failures: count(/Non-2xx or 3xx responses: (\d+)/) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const byUndici: Load = async (url, seconds) => {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections: CONNECTIONS })
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${BENCH_TOKEN}` }
  const until = performance.now() + seconds * 1000
  let requests = 0
  let failures = 0
  const client = async () => {
    while (performance.now() < until) {
      const response = await pool.request({ path: pathname, method: 'POST', headers, body: BODY })
      await response.body.dump()
      requests++
      if (response.statusCode !== 200) failures++
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, client))
  await pool.close()
  return { requests, failures }
}
