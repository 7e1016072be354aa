// A stand-in for the Hub's routes for Spaces (create, info, variables, commit, secrets): the Hub cannot be reached
// from where these tests run. Paths and bodies are those huggingface_hub 2.4.0 sends.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'

export type FakeSpace = {
  isPrivate: boolean
  sdk: string
  variables: Record<string, { value: string }>
  files: Record<string, string>
  secrets: Record<string, string>
}
export type FakeSpaces = {
  /** By `namespace/name`. */
  repositories: Map<string, FakeSpace>
  /** The token that may write; every other one may not. Null lets all. */
  writer: string | null
}

const pairs = z.array(z.object({ key: z.string(), value: z.string() })).default([])
const creation = z.object({
  type: z.literal('space'),
  name: z.string(),
  organization: z.string(),
  sdk: z.enum(['gradio', 'docker', 'static']),
  private: z.boolean(),
  variables: pairs,
})
const secret = z.object({ key: z.string(), value: z.string() })
const file = z.object({
  key: z.literal('file'),
  value: z.object({ path: z.string(), content: z.string(), encoding: z.literal('base64') }),
})

const SPACE = /^\/api\/spaces\/([^/]+\/[^/]+)(?:\/(variables|secrets|commit\/main))?$/

type Call = { request: IncomingMessage; response: ServerResponse; path: string; token: string | null }

/** True where the path is one of Spaces, and answered. */
export function answerSpaces(spaces: FakeSpaces, call: Call): boolean {
  const [, repository, part] = SPACE.exec(call.path) ?? []
  if (call.path !== '/api/repos/create' && repository === undefined) return false
  void answer(spaces, call, repository, part)
  return true
}

async function answer(
  { repositories, writer }: FakeSpaces,
  { request, response, token }: Call,
  repository: string | undefined,
  part: string | undefined,
): Promise<void> {
  const body = (await buffer(request)).toString()
  const send = (status: number, json: unknown) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json))
  if (token === null) return void send(401, { error: 'Invalid username or password.' })
  if (writer !== null && token !== writer && request.method !== 'GET')
    return void send(403, { error: 'Forbidden: pass a token with write access.' })
  if (repository === undefined) {
    const wish = creation.parse(JSON.parse(body))
    const id = `${wish.organization}/${wish.name}`
    if (repositories.has(id)) return void send(409, { error: 'You already created this space repo' })
    const variables = Object.fromEntries(wish.variables.map(({ key, value }) => [key, { value }]))
    repositories.set(id, { isPrivate: wish.private, sdk: wish.sdk, variables, files: {}, secrets: {} })
    return void send(200, { url: `/spaces/${id}`, name: id })
  }
  const space = repositories.get(decodeURIComponent(repository))
  if (!space) return void send(404, { error: 'Repository not found' })
  if (part === 'variables') send(200, space.variables)
  else if (part === 'secrets') {
    const { key, value } = secret.parse(JSON.parse(body))
    space.secrets[key] = value
    send(200, {})
  } else if (part === 'commit/main') {
    for (const line of body.split('\n').map(text => file.safeParse(JSON.parse(text))))
      if (line.success)
        space.files[line.data.value.path] = Buffer.from(line.data.value.content, 'base64').toString()
    send(200, { commitOid: 'a'.repeat(40) })
  } else send(200, { id: repository, private: space.isPrivate, sdk: space.sdk })
}
