import { request } from 'undici'

const ANSWER_TIMEOUT_MS = 3_000

/** How to reach a server of this machine that binds to `host`. */
export function localUrl(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (host === '::') return `http://[::1]:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Whether a GET is answered with 200 in time. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(url, {
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
      reset: true,
    })
    await body.dump()
    return statusCode === 200
  } catch {
    return false
  }
}
