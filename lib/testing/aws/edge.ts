import type { IncomingMessage, ServerResponse } from 'node:http'
import { awsPlaceOf, type Policy, permissionPolicy } from '@/lib/domain/connections/aws-policy'
import { type Fate, FaultyServer } from '../fault-proxy'
import { type Addition, additionsTo, endpointOf, invocationAction } from './additions'
import { COMPONENT } from './components'
import { Hosting } from './hosting'
import { Iam } from './iam'
import { type Containers, stubContainers } from './instance'
import { type HttpAnswer, type HttpCall, Moto, parseObject } from './moto'
import { Refused } from './refused'
import { sendResponseStream } from './response-stream'
import { readSignature, type Signed } from './sigv4'

export const KEYS = {
  accessKeyId: 'AKIASLIPWAYTESTS',
  secretAccessKey: 'a+secret/of+the+tests+and+of+nobody+else',
}
export const REGION = 'us-east-1'
export const ROLE_ARN = 'arn:aws:iam::123456789012:role/slipway'
const STREAM = 'InvokeEndpointWithResponseStream'
const MAX_SKEW_MS = 5 * 60_000

/**
 * Stands where AWS's own front door would: verifies every signature by an implementation of the tests' own, allows
 * what the policy allows that people are given to copy, does to calls what networks and clouds do, answers what moto
 * lacks, and hands on the rest. To `fate`, a call is `POST /CreateEndpoint`.
 */
export class AwsEdge extends FaultyServer {
  protected readonly place = 'AWS'
  readonly iam = new Iam(policyOfTests())
  #additions: Record<string, Addition>
  /** One call is answered after the other: what one looked at is still so when it acts. */
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(
    readonly moto: Moto,
    readonly hosting: Hosting,
  ) {
    super()
    this.#additions = additionsTo(moto, hosting, REGION)
  }

  static async start(containers: Containers = stubContainers): Promise<AwsEdge> {
    const moto = await Moto.start()
    return new AwsEdge(moto, new Hosting({ moto, region: REGION, containers })).start()
  }

  override async stop(): Promise<void> {
    await super.stop()
    await this.hosting.stop()
    await this.moto.stop()
  }

  protected override async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const call = await readCall(incoming)
    const action = actionOf(call)
    const path = `/${action}`
    const { method } = call
    const fate = this.fate({ method, path })
    this.calls.push(`${method} ${path}`)
    if (action === STREAM && fate === 'pass' && (await this.#stream(call, outgoing))) return
    const answer = await this.#answer(call, action, fate)
    if (fate === 'lose') outgoing.destroy()
    else outgoing.writeHead(answer.status, answer.headers).end(answer.body)
  }

  async #answer(call: HttpCall, action: string, fate: Fate): Promise<HttpAnswer> {
    try {
      this.#requireRight(call, action)
      if (typeof fate === 'object') return asked(fate)
      const addition = this.#additions[action]
      this.answered.count(addition ? 'stand-in' : 'emulated', action)
      if (invocationAction(call.url) && addition) return await addition(call, {})
      return await this.#inTurn(() =>
        addition ? addition(call, parseObject(call.body)) : this.moto.forward(call),
      )
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused(500, 'InternalFailure', String(error))
      return isForm(call) ? refusalInXml(refused) : refusal(refused)
    }
  }

  /** False when it is refused, which is an answer like any other. */
  async #stream(call: HttpCall, outgoing: ServerResponse): Promise<boolean> {
    const answer = await (async () => {
      this.#requireRight(call, STREAM)
      return await this.hosting.stream(endpointOf(call.url), call)
    })().catch(() => null)
    if (!answer?.ok) return false
    this.answered.count('stand-in', STREAM)
    await sendResponseStream(answer, outgoing)
    return true
  }

  /** Known keys, a signature of theirs, and a policy that allows it. */
  #requireRight(call: HttpCall, action: string): void {
    const { service, region } = requireSignature(call)
    const input = isForm(call) || invocationAction(call.url) ? {} : parseObject(call.body)
    this.iam.require({ service, action, region, input, url: call.url, component: call.headers[COMPONENT] })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => {})
    return result
  }
}

async function readCall(incoming: IncomingMessage): Promise<HttpCall> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  )
  const { method = 'GET', url = '/' } = incoming
  return { method, url, headers, body: Buffer.concat(chunks) }
}

/** `x-amz-target: SageMaker.CreateEndpoint`, what a form of STS says, or REST by its path. */
function actionOf({ url, headers, body }: HttpCall): string {
  const target = headers['x-amz-target']
  if (target) return target.slice(target.lastIndexOf('.') + 1)
  return invocationAction(url) ?? /^Action=(\w+)/.exec(body.toString())?.[1] ?? url.slice(1)
}

function requireSignature(call: HttpCall): Signed {
  const signed = readSignature(call, () => KEYS.secretAccessKey)
  if (!signed) throw new Refused(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
  if (signed.accessKeyId !== KEYS.accessKeyId)
    throw new Refused(403, 'UnrecognizedClientException', 'The security token included is invalid.')
  if (signed.signature !== signed.expected)
    throw new Refused(403, 'InvalidSignatureException', 'The request signature does not match.')
  const [, ...parts] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(call.headers['x-amz-date'] ?? '') ?? []
  const [year, month, day, hour, minute, second] = parts.map(Number)
  const signedMs = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second)
  if (!(Math.abs(Date.now() - signedMs) < MAX_SKEW_MS))
    throw new Refused(403, 'InvalidSignatureException', 'Signature expired.')
  return signed
}

function policyOfTests(): Policy {
  const place = awsPlaceOf(REGION, ROLE_ARN)
  if (!place) throw new Error('the tests have no account')
  return permissionPolicy(place)
}

/** STS asks by forms and answers in XML. */
const isForm = ({ headers }: HttpCall): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false

const refusalInXml = ({ status, type, message }: Refused): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: Buffer.from(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${type}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  ),
})

/** A fate says `Name: message`. Without a name it is an empty answer. */
function asked({ status, error, headers }: Extract<Fate, object>): HttpAnswer {
  const [, type = '', message = ''] = /^(\w+): (.*)$/s.exec(error) ?? []
  const body = status < 300 ? {} : { __type: type, message }
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  }
}

const refusal = ({ status, type, message, more }: Refused): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': type },
  body: Buffer.from(JSON.stringify({ __type: type, message, Message: message, ...more })),
})
