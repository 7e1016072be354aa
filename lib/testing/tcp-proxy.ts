import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A way to a server that can be cut and mended: what a stopped database looks like to its clients. */
export class TcpProxy {
  private server: Server | null = null
  private readonly sockets = new Set<Socket>()
  private port = 0

  constructor(
    private readonly host: string,
    private readonly targetPort: number,
  ) {}

  async start(): Promise<number> {
    const server = createServer(client => {
      const upstream = connect(this.targetPort, this.host)
      for (const socket of [client, upstream]) {
        this.sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => {
          this.sockets.delete(socket)
          client.destroy()
          upstream.destroy()
        })
      }
      client.pipe(upstream)
      upstream.pipe(client)
    })
    server.listen(this.port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (typeof address === 'object' && address) this.port = address.port
    this.server = server
    return this.port
  }

  /** Ends every connection and refuses new ones, until `start`. */
  async cut(): Promise<void> {
    const { server } = this
    this.server = null
    server?.close()
    for (const socket of this.sockets) socket.destroy()
    if (server?.listening) await once(server, 'close')
  }
}
