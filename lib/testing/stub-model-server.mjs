// Stands in for the model server where a test needs a replica that does as it is told: the same environment
// contract, and routes that make it log, exit, grow or leave a daemon behind. Plain JavaScript: it is run as it is.
import { spawn } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'

const {
  HOST,
  PORT,
  SLIPWAY_PORT_FILE,
  STUB_READY_AFTER_MS = '0',
  STUB_IGNORE_SIGTERM,
  STUB_FAIL,
} = process.env

if (STUB_FAIL) {
  console.error(`stub: ${STUB_FAIL}`)
  process.exit(3)
}

const startedMs = Date.now()
const kept = []
let lines = 0

const routes = {
  '/health': () =>
    Date.now() - startedMs >= Number(STUB_READY_AFTER_MS)
      ? [200, 'Ok']
      : [503, JSON.stringify({ phase: 'downloading', message: 'Downloading model.onnx', progress: 0.4 })],
  '/env': () => [200, JSON.stringify(process.env)],
  '/pid': () => [200, String(process.pid)],
  '/exit': query => {
    process.stderr.write('last words without a newline')
    setTimeout(() => process.exit(Number(query.get('code'))), 20)
    return [200, 'exiting']
  },
  '/signal': query => {
    setTimeout(() => process.kill(process.pid, query.get('name')), 20)
    return [200, 'signalling']
  },
  // Numbered lines, so that a reader can tell exactly what it got.
  '/log': query => {
    const count = Number(query.get('lines'))
    let text = ''
    for (let i = 0; i < count; i++) text += `line ${lines++} ${'x'.repeat(Number(query.get('pad') ?? 0))}\n`
    process.stdout.write(text)
    return [200, String(lines)]
  },
  '/drop': query => {
    if (query.has('break')) dripping?.destroy()
    else dripping?.end('data: two\n\n')
    return [200, 'dropped']
  },
  '/grow': query => {
    kept.push(Buffer.alloc(Number(query.get('bytes')), 1))
    return [200, 'grown']
  },
  // Leaves its parent, its session and its pipes, as daemons do.
  '/daemon': () => {
    const daemon = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
    daemon.unref()
    return [200, String(daemon.pid)]
  },
}

let dripping = null

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://stub')
  // The first half at once, the other when `/drop` is asked for: only a stream shows it before.
  if (url.pathname === '/drip') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n')
    dripping = response
    return
  }
  const [status, body] = routes[url.pathname]?.(url.searchParams) ?? [404, 'no such route']
  response.writeHead(status).end(body)
})

server.listen(Number(PORT), HOST, () => {
  const { port } = server.address()
  writeFileSync(`${SLIPWAY_PORT_FILE}.tmp`, String(port))
  renameSync(`${SLIPWAY_PORT_FILE}.tmp`, SLIPWAY_PORT_FILE)
  console.log(`stub: listening on ${port}`)
})

process.on('SIGTERM', () => {
  console.log('stub: SIGTERM')
  if (!STUB_IGNORE_SIGTERM) process.exit(0)
})
