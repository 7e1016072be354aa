import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** Below the ports that systems give away, so that nobody else takes it while it is closed. */
const FIRST_PORT = 20_000
const PORTS = 10_000
const TRIED = 100

/** A place that takes connections and says nothing, and that can go away and come back under the same address. */
export class Listener {
  #server: Server | null = null
  #port = FIRST_PORT + (process.pid % PORTS)

  get address(): string {
    return `127.0.0.1:${this.#port}`
  }

  /** Where its port is taken at first, it gets the next one. */
  async start(): Promise<this> {
    const last = this.#port + TRIED
    for (;;)
      try {
        await this.open()
        return this
      } catch (error) {
        if (this.#port++ === last) throw error
      }
  }

  async open(): Promise<void> {
    this.#server = createServer(socket => socket.on('error', () => {})).listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  async close(): Promise<void> {
    if (!this.#server?.listening) return
    this.#server.close()
    await once(this.#server, 'close')
  }
}
