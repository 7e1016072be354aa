import { createServer } from 'node:net'

/** Left to a PostgreSQL of the system's own, even when nothing listens there now. */
const SYSTEM_POSTGRES_PORT = 5432

const tryPort = (port: number): Promise<number | null> =>
  new Promise(resolve => {
    const server = createServer()
    server.on('error', () => resolve(null))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null))
    })
  })

/** The preferred port when it is free, else any free one. */
export async function chooseFreePort(preferred: number | null): Promise<number> {
  const again = preferred && preferred !== SYSTEM_POSTGRES_PORT ? await tryPort(preferred) : null
  if (again) return again
  for (;;) {
    const port = await tryPort(0)
    if (port && port !== SYSTEM_POSTGRES_PORT) return port
  }
}
