import { once } from 'node:events'
import { rename, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Engine } from './engine/client'
import { log } from './log'
import { createModelServer } from './server'
import { Service } from './service'
import type { Settings } from './settings'

/** How long a stopping server waits for the answers it owes. */
const DRAIN_MS = 30_000

/** Listens at once, loads the model meanwhile, and lives until it is told to stop or cannot load. */
export async function serve(settings: Settings, script: URL): Promise<void> {
  const service = new Service(settings)
  const server = createModelServer(service)
  const port = await listen(server, settings)
  log('INFO', `Listening on http://${settings.host}:${port}, task ${settings.task}`)
  if (settings.portFile) await writePortFile(settings.portFile, port)
  const { source, task, threads, dtype } = settings
  service.engine = new Engine(
    script,
    { source, task, threads, dtype },
    {
      onProgress: ({ phase, message, progress, log: worthALine }) => {
        service.readiness = { kind: 'starting', phase, message, progress }
        if (worthALine) log('INFO', message)
      },
      onLoaded: description => {
        service.readiness = { kind: 'ready' }
        log('INFO', `Ready: ${description}`)
      },
      onFailed: message => {
        log('ERROR', `The model cannot be served: ${message}`)
        process.exit(1)
      },
    },
  )
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void stop(service, server, signal))
}

async function listen(server: Server, { host, port }: Settings): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no address.')
  return address.port
}

/** Whole or not there: whoever waits for the file reads a complete number. */
async function writePortFile(path: string, port: number): Promise<void> {
  await writeFile(`${path}.${process.pid}.tmp`, `${port}\n`)
  await rename(`${path}.${process.pid}.tmp`, path)
}

/** Takes no new connections, finishes what it accepted, and leaves. */
async function stop(service: Service, server: Server, signal: string): Promise<void> {
  const owed = service.queue.running + service.queue.waiting
  log('INFO', `${signal}: stopping, ${owed} request${owed === 1 ? '' : 's'} to finish`)
  service.readiness = { kind: 'stopping' }
  const closed = once(server, 'close')
  server.close()
  // Connections that were busy when the server closed are kept alive by default: let them go as they fall idle.
  setInterval(() => server.closeIdleConnections(), 50).unref()
  const inTime = await Promise.race([closed.then(() => true), sleep(DRAIN_MS, false, { ref: false })])
  if (!inTime) log('WARNING', `Left after ${DRAIN_MS / 1000} s with answers still owed`)
  await service.engine?.stop()
  log('INFO', 'Stopped')
  process.exit(0)
}
