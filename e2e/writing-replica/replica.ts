import { spawn } from 'node:child_process'
import { renameSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Stands in the model server's place: `/write?from=…&count=…&perSecond=…` starts the writer on this replica's own
 * output and answers when it has ended; `/say?line=…&line=…` writes these lines. Everything around it is the product.
 */
const WRITER = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'write-lines.mjs')
const { HOST, PORT, SLIPWAY_PORT_FILE = '' } = process.env

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://replica')
  if (pathname === '/say') {
    // Written like the writer does: this process's stdout is also its own.
    writeSync(1, `${searchParams.getAll('line').join('\n')}\n`)
    return response.writeHead(200).end()
  }
  if (pathname !== '/write') return response.writeHead(200).end('Ok')
  const args = ['from', 'count', 'perSecond'].flatMap(name => searchParams.get(name) ?? [])
  const writer = spawn(process.execPath, [WRITER, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
  writer.on('exit', code => response.writeHead(code === 0 ? 200 : 500).end())
})

server.listen(Number(PORT), HOST, () => {
  const { port } = server.address() as AddressInfo
  writeFileSync(`${SLIPWAY_PORT_FILE}.tmp`, String(port))
  renameSync(`${SLIPWAY_PORT_FILE}.tmp`, SLIPWAY_PORT_FILE)
})
process.on('SIGTERM', () => process.exit(0))
