import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Faults } from './faults'
import { answerInference } from './inference'
import {
  commitOf,
  EXPANDABLE,
  expandOf,
  type FakeFile,
  type FakeModel,
  filesAt,
  toJson,
  toRefs,
} from './model'
import { searchModels } from './search'
import { sendFile } from './send-file'
import { answerSpaces, type FakeSpaces } from './spaces'

export type Hub = { models: FakeModel[]; spaces: FakeSpaces; faults: Faults; cdnUrl: string }
type Exchange = { request: IncomingMessage; response: ServerResponse; url: URL; token: string | null }

const MODEL = /^\/api\/models\/([^/]+(?:\/[^/]+)?)(?:\/revision\/([^/]+))?$/
const TREE = /^\/api\/models\/([^/]+\/[^/]+)\/tree\/([^/]+)$/
const REFS = /^\/api\/models\/([^/]+\/[^/]+)\/refs$/
const RESOLVE = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/

export function answerHub(hub: Hub, exchange: Exchange): void {
  const { url, response, token } = exchange
  const fault = hub.faults.takeAnswer(url.pathname)
  if (fault) {
    refuse(response, fault.status, 'Fault', 'The stand-in was told to fail.', fault.headers)
    return
  }
  if (answerSpaces(hub.spaces, { ...exchange, path: url.pathname })) return
  if (answerInference(exchange.request, response, url.pathname)) return
  if (url.pathname === '/api/models') sendSearch(hub, exchange)
  else if (url.pathname === '/api/whoami-v2') sendWhoAmI(response, token)
  else sendModel(hub, exchange)
}

function sendModel(hub: Hub, { request, response, url, token }: Exchange): void {
  const { pathname } = url
  const [, id, named, path] =
    [RESOLVE, TREE, REFS, MODEL].map(route => route.exec(pathname)).find(match => match !== null) ?? []
  const revision = named || 'main'
  const model = hub.models.find(candidate => candidate.id === (id && decodeURIComponent(id)))
  const commit = decodeURIComponent(revision)
  const files = model && filesAt(model, commit)
  if (!model || (model.private && !mayRead(model, token))) {
    // A private model looks like a missing one, and who does not say who they are is asked first.
    refuse(response, token ? 404 : 401, 'RepoNotFound', 'Repository not found')
  } else if (!files) {
    refuse(response, 404, 'RevisionNotFound', `Invalid rev id: ${commit}`)
  } else if (path !== undefined) {
    sendResolved(hub, { request, response, token }, { model, commit, files, path: decodeURIComponent(path) })
  } else if (TREE.test(pathname)) {
    sendJson(response, files.map(toTreeEntry))
  } else if (REFS.test(pathname)) {
    sendJson(response, toRefs(model))
  } else {
    const expand = expandOf(url.searchParams)
    const blobs = url.searchParams.get('blobs') === 'true'
    sendJson(response, toJson(model, { revision: commit, blobs, expand }))
  }
}

const mayRead = (model: FakeModel, token: string | null) =>
  token !== null && (model.allowedTokens ?? []).includes(token)

function sendSearch({ models }: Hub, { url, response, token }: Exchange): void {
  const unknown = expandOf(url.searchParams).find(key => !EXPANDABLE.has(key))
  if (unknown) {
    refuse(response, 400, 'InvalidParameter', `"expand" does not allow ${unknown}`)
    return
  }
  const page = searchModels(models, url.searchParams, token)
  if (page.nextCursor) {
    const next = new URL(url)
    next.searchParams.set('cursor', page.nextCursor)
    response.setHeader('Link', `<${next.href}>; rel="next"`)
  }
  sendJson(response, page.models)
}

function sendWhoAmI(response: ServerResponse, token: string | null): void {
  if (token === null) refuse(response, 401, 'Unauthorized', 'Invalid credentials in Authorization header')
  else sendJson(response, { type: 'user', id: 'user-1', name: 'tester', fullname: 'Tester', orgs: [] })
}

type Wanted = { model: FakeModel; commit: string; files: FakeFile[]; path: string }

/** Small files directly; large ones by redirect to another host, as the Hub sends people to its storage. */
function sendResolved(hub: Hub, { request, response, token }: Omit<Exchange, 'url'>, wanted: Wanted): void {
  const { model, commit, files, path } = wanted
  if (model.gated && !mayRead(model, token)) {
    refuse(response, token ? 403 : 401, 'GatedRepo', `Access to model ${model.id} is restricted.`)
    return
  }
  const file = files.find(candidate => candidate.path === path)
  if (!file) {
    refuse(response, 404, 'EntryNotFound', 'Entry not found')
    return
  }
  const headers = { 'X-Repo-Commit': commitOf(model, commit), ETag: `"${file.etag}"` }
  if (!file.isLarge) {
    sendFile(request, response, file, { faults: hub.faults, headers })
    return
  }
  response.writeHead(302, {
    ...headers,
    'X-Linked-ETag': `"${file.etag}"`,
    'X-Linked-Size': file.bytes.byteLength,
    Location: `${hub.cdnUrl}/${model.id}/${commit}/${path}`,
  })
  response.end()
}

const toTreeEntry = (file: FakeFile) => ({
  type: 'file',
  path: file.path,
  oid: file.blobId,
  size: file.bytes.byteLength,
  ...(file.isLarge && { lfs: { oid: file.etag, size: file.bytes.byteLength, pointerSize: 134 } }),
})

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, {
      'Content-Type': 'application/json',
      'X-Error-Code': code,
      'X-Error-Message': message,
      ...headers,
    })
    .end(JSON.stringify({ error: message }))
}
