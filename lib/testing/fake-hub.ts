// A stand-in for the Hugging Face Hub, because the Hub cannot be reached from where these tests run. It speaks the
// Hub's routes for models (search, model, tree, resolve with redirects, whoami) and for Spaces from an in-memory list.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { Faults } from './fake-hub/faults'
import { type FakeModel, filesAt } from './fake-hub/model'
import { answerHub, type Hub } from './fake-hub/routes'
import { sendFile } from './fake-hub/send-file'
import type { FakeSpaces } from './fake-hub/spaces'

export type { FakeModel } from './fake-hub/model'
export { commitOf } from './fake-hub/model'

export type SeenRequest = { method: string; path: string; query: string; token: string | null }

export type FakeHub = {
  /** What HF_ENDPOINT is set to. */
  url: string
  /** Change it while it runs: every request reads it anew. */
  models: FakeModel[]
  spaces: FakeSpaces
  faults: Faults
  /** Requests to the Hub, and to the other host it redirects large files to. */
  hubRequests: SeenRequest[]
  cdnRequests: SeenRequest[]
  close(): Promise<void>
}

export async function startFakeHub(models: FakeModel[] = []): Promise<FakeHub> {
  const hubRequests: SeenRequest[] = []
  const cdnRequests: SeenRequest[] = []
  const spaces: FakeSpaces = { repositories: new Map(), writer: null }
  const hub: Hub = { models, spaces, faults: new Faults(), cdnUrl: '' }
  const hubServer = await listen((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const seen = seenOf(request, url)
    hubRequests.push(seen)
    answerHub(hub, { request, response, url, token: seen.token })
  })
  const cdnServer = await listen((request, response) => {
    const url = new URL(request.url ?? '/', 'http://cdn')
    cdnRequests.push(seenOf(request, url))
    const [owner, name, commit = '', ...path] = url.pathname.slice(1).split('/')
    const model = hub.models.find(candidate => candidate.id === `${owner}/${name}`)
    const file = model && filesAt(model, commit)?.find(candidate => candidate.path === path.join('/'))
    if (file) sendFile(request, response, file, { faults: hub.faults, headers: {} })
    else response.writeHead(404).end()
  })
  hub.cdnUrl = cdnServer.url
  const close = async () => {
    await Promise.all([hubServer.close(), cdnServer.close()])
  }
  return {
    url: hubServer.url,
    models: hub.models,
    spaces,
    faults: hub.faults,
    hubRequests,
    cdnRequests,
    close,
  }
}

const seenOf = (request: IncomingMessage, url: URL): SeenRequest => ({
  method: request.method ?? 'GET',
  path: url.pathname,
  query: url.search,
  token: /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null,
})

async function listen(listener: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The stand-in has no address.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
