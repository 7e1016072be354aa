import { createServer } from 'node:net'
import { codeOf, StartFailure } from './start-failure'

type Wanted = { port: number; host: string; variable: string; purpose: string }

/** Binds and lets go; returns the port, which the system chose when 0 was asked for. */
function bind(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

/** A port that can be listened on, 0 resolved to a free one; otherwise one sentence that says what to change. */
export async function claimPort({ port, host, variable, purpose }: Wanted): Promise<number> {
  try {
    return await bind(port, host)
  } catch (error) {
    throw new StartFailure(explain(codeOf(error)) ?? `${purpose} cannot listen: ${String(error)}`)
  }

  function explain(code: string | undefined): string | undefined {
    switch (code) {
      case 'EADDRINUSE':
        return `Port ${port} is taken by another program; set ${variable} to another one for the ${purpose}, for example: ${variable}=${port + 1} npm start`
      case 'EACCES':
        return `Port ${port} may only be opened by root; set ${variable} to one above 1023 for the ${purpose}.`
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        return `This machine has no address ${host}; set HOST to one it has (127.0.0.1, or 0.0.0.0 for all).`
      default:
        return undefined
    }
  }
}
