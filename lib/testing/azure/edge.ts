// A stand-in for Azure: the Resource Manager, Entra's token route and the price list on one address. There is no
// emulator of Azure Machine Learning; what this one takes and answers is checked against Microsoft's specification.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Containers, stubContainers } from '../aws/instance'
import { type Fate, FaultyServer } from '../fault-proxy'
import { type Answer, handlersOf } from './answers'
import type { Operation } from './operations'
import { Rbac } from './rbac'
import { Refused } from './refused'
import { answerProblems, operationOf, requestProblems } from './specification'
import { Workspace } from './workspace'

export const APP = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  clientId: '22222222-2222-4222-8222-222222222222',
  clientSecret: 'a~secret.of-the_tests',
}
/** The workspace of the tests. */
export const PLACE = {
  subscriptionId: '33333333-3333-4333-8333-333333333333',
  resourceGroup: 'slipway-tests',
  workspace: 'tests',
  region: 'eastus',
}
const MANAGEMENT = 'https://management.azure.com/.default'
const SCORE = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'
const SCORING = 'https://ml.azure.com/.default'
const TOKEN_SECONDS = 3_600

export class AzureEdge extends FaultyServer {
  protected readonly place = 'Azure ML'
  /** What was sent or answered that Microsoft's specification does not know: none, at the end of a suite. */
  readonly violations: string[] = []
  readonly #tokens = new Map<string, string>()
  #scopesAsked: string[] = []
  readonly rbac = new Rbac(PLACE)
  readonly workspace: Workspace
  readonly #handlers: ReturnType<typeof handlersOf>
  /** One call is answered after the other: what one looked at is still so when it acts. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(containers: Containers = stubContainers) {
    super()
    const mayCall = (authMode: string, credential: string) =>
      authMode === 'AADToken' && this.#tokens.get(credential) === SCORING && this.rbac.may(SCORE)
    this.workspace = new Workspace({ mayCall, containers })
    this.#handlers = handlersOf(this.workspace, this.rbac)
  }

  /** As if they had ended. */
  endTokens = (): void => this.#tokens.clear()

  /** Every token there is. */
  tokens = (): string[] => [...this.#tokens.keys()]

  /** How many of this kind the app has asked for since the last reset. */
  tokensAsked = (scope: string): number => this.#scopesAsked.filter(asked => asked === scope).length

  scoringToken = (): string => this.#issue(SCORING)

  managementToken = (): string => this.#issue(MANAGEMENT)

  override reset(): void {
    super.reset()
    this.rbac.reset()
    this.#scopesAsked = []
  }

  override async stop(): Promise<void> {
    await super.stop()
    await this.workspace.stop()
    if (this.violations.length > 0) throw new Error(`not as specified:\n${this.violations.join('\n')}`)
  }

  protected override async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET' } = incoming
    const { pathname: path, searchParams } = new URL(incoming.url ?? '/', this.url)
    const fate = this.fate({ method, path })
    this.calls.push(`${method} ${path}`)
    const body = await bodyOf(incoming)
    const known = operationOf(method, path)
    if (!known) {
      this.violations.push(`${method} ${path} is no operation`)
      return void outgoing.writeHead(404).end()
    }
    const { operation, names } = known
    const authorization = incoming.headers.authorization ?? ''
    const asked = { path, origin: this.url, names, search: searchParams, body }
    const answer =
      typeof fate === 'object'
        ? fateAnswer(operation, fate)
        : await this.#answer(operation, asked, authorization).catch(refusal)
    this.answered.count('stand-in', operation.id)
    const wrong = answerProblems(operation, answer.status, answer.body)
    this.violations.push(...wrong.map(problem => `answer of ${operation.id}: ${problem}`))
    if (fate === 'lose') return void outgoing.destroy()
    const headers = { 'content-type': 'application/json', ...answer.headers }
    outgoing.writeHead(answer.status, headers).end(answer.body === null ? '' : JSON.stringify(answer.body))
  }

  async #answer(
    operation: Operation,
    asked: Parameters<ReturnType<typeof handlersOf>[string]>[0],
    authorization: string,
  ): Promise<Answer> {
    const problems = requestProblems(operation, asked.search, asked.body)
    this.violations.push(...problems.map(problem => `request of ${operation.id}: ${problem}`))
    if (problems.length > 0) throw new Refused(400, 'InvalidRequestContent', problems.join('; '))
    if (operation.id === 'token') return this.#token(asked.path, asked.body as Record<string, string>)
    if (operation.right !== null) {
      this.#requireToken(authorization)
      this.rbac.require(operation.right)
    }
    const handler = this.#handlers[operation.id]
    if (!handler) throw new Refused(501, 'NotImplemented', `The stand-in has no ${operation.id}.`)
    return await this.#inTurn(async () => await handler(asked))
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => {})
    return result
  }

  #requireToken(authorization: string): void {
    const token = /^Bearer (.+)$/.exec(authorization)?.[1] ?? ''
    if (this.#tokens.get(token) !== MANAGEMENT)
      throw new Refused(401, 'InvalidAuthenticationToken', 'The access token is invalid.')
  }

  #token(path: string, { client_id, client_secret, scope = '' }: Record<string, string>): Answer {
    const isKnown = path.split('/')[1] === APP.tenantId && client_id === APP.clientId
    if (!isKnown || client_secret !== APP.clientSecret) {
      const error_description = `AADSTS7000215: Invalid client secret provided.\r\nTrace ID: ${randomUUID()}`
      return { status: 401, body: { error: 'invalid_client', error_description, error_codes: [7000215] } }
    }
    this.#scopesAsked.push(scope)
    const access_token = this.#issue(scope)
    return { status: 200, body: { token_type: 'Bearer', expires_in: TOKEN_SECONDS, access_token } }
  }

  #issue(scope: string): string {
    const token = randomUUID()
    this.#tokens.set(token, scope)
    return token
  }
}

/** `Code: message`; an empty 200 is an empty list. */
function fateAnswer({ id }: Operation, { status, error, headers = {} }: Exclude<Fate, string>): Answer {
  if (status < 300) return { status, body: { value: [] } }
  const [, code = 'Error', message = error] = /^(\w+): ([\s\S]*)$/.exec(error) ?? []
  if (id === 'token') return { status, headers, body: { error: code, error_description: message } }
  return { status, headers, body: { error: { code, message } } }
}

function refusal(error: unknown): Answer {
  const { status, code, message } =
    error instanceof Refused ? error : new Refused(500, 'InternalServerError', String(error))
  return { status, body: { error: { code, message } } }
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  if (text === '') return null
  const isForm = incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text)
}
