import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const PROGRAM = `
const server = require('node:net').createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port))
`
/** More than the kernel keeps for a program that takes none, whatever it rounds the backlog of 1 up to. */
const QUEUED = 16

/** A place that answers nobody: a stopped process whose queue of connections is full, so that new ones are dropped. */
export class SilentPlace {
  readonly #queued: Socket[] = []

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<SilentPlace> {
    const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [said] = await once(child.stdout, 'data')
    const place = new SilentPlace(child, Number(String(said).trim()))
    child.kill('SIGSTOP')
    await place.#fill()
    return place
  }

  /** The kernel takes connections for it one by one until it has enough; the first that it does not take ends this. */
  async #fill(): Promise<void> {
    for (let at = 0; at < QUEUED; at += 1) {
      const socket = connect(this.port, '127.0.0.1')
      socket.on('error', () => {})
      this.#queued.push(socket)
    }
    await once(this.#queued[0] ?? this.child, 'connect')
  }

  stop(): void {
    for (const socket of this.#queued) socket.destroy()
    this.child.kill('SIGKILL')
  }
}
