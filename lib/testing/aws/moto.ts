import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pinnedPython } from '../pinned-python'

const FOLDER = resolve('lib/testing/aws')
const SERVICES: Record<string, string> = {
  Logs_20140328: 'logs',
  GraniteServiceVersion20100801: 'monitoring',
  AnyScaleFrontendService: 'application-autoscaling',
}
const LISTENS = /Running on (http:\/\/127\.0\.0\.1:\d+)/

/** As it goes over the wire; header names in lower case. */
export type HttpCall = {
  method: string
  /** Path and query. */
  url: string
  headers: Readonly<Record<string, string | undefined>>
  body: Buffer
}
export type HttpAnswer = { status: number; headers: Record<string, string>; body: Buffer }

export const installMoto = (): Promise<string> =>
  pinnedPython('slipway-moto-5.2.5', join(FOLDER, 'requirements.txt'))

/** moto in server mode, a process of its own: the emulator behind the edge. */
export class Moto {
  /** One call after the other: two never meet within the emulator, which is not made for it. */
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  /** Ready when it resolves. */
  static async start(): Promise<Moto> {
    const python = await installMoto()
    const child = spawn(
      python,
      ['-c', 'from moto.server import main; main(["-H", "127.0.0.1", "-p", "0"])'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    process.once('exit', () => child.kill('SIGKILL'))
    return new Moto(child, await addressOf(child))
  }

  /** Hands a call on as it is: moto reads account and region from its signature, which it does not verify. */
  forward(call: HttpCall): Promise<HttpAnswer> {
    const answer = this.#turn.then(() => this.#send(call))
    this.#turn = answer.catch(() => {})
    return answer
  }

  async #send({ method, url, headers, body }: HttpCall): Promise<HttpAnswer> {
    const { connection: _, 'transfer-encoding': __, 'content-length': ___, ...own } = headers
    const sent = new Headers(Object.entries(own).flatMap(([name, value]) => (value ? [[name, value]] : [])))
    const answer = await fetch(`${this.url}${url}`, {
      method,
      headers: sent,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
    })
    const received = Buffer.from(await answer.arrayBuffer())
    const type = answer.headers.get('content-type') ?? 'application/json'
    return { status: answer.status, headers: { 'content-type': type }, body: received }
  }

  /** A call of the edge's own, as the cloud itself would do it. */
  async ask(region: string, target: string, input: unknown): Promise<{ status: number; json: AwsJson }> {
    const service = SERVICES[target.slice(0, target.indexOf('.'))] ?? 'sagemaker'
    const answer = await this.forward({
      method: 'POST',
      url: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': target,
        authorization: `AWS4-HMAC-SHA256 Credential=edge/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: Buffer.from(JSON.stringify(input)),
    })
    return { status: answer.status, json: parseObject(answer.body) }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await gone
  }
}

export type AwsJson = Record<string, unknown>

export function parseObject(body: Buffer): AwsJson {
  const parsed: unknown = body.length === 0 ? {} : JSON.parse(body.toString())
  return typeof parsed === 'object' && parsed !== null ? (parsed as AwsJson) : {}
}

/** It chooses its port itself, so nobody can take it in between, and says which once it listens. */
async function addressOf(child: ChildProcess): Promise<string> {
  const said: string[] = []
  if (!child.stderr) throw new Error('moto was started without a pipe')
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line)
    const address = LISTENS.exec(line)?.[1]
    if (!address) continue
    // It writes a line per request: somebody has to read them.
    child.stderr.resume()
    return address
  }
  throw new Error(`moto did not start:\n${said.join('\n')}`)
}
