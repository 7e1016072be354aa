import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
// @ts-expect-error plain JavaScript on purpose: it runs before anything is built
import { bundle } from '@/lib/processes/bundle.mjs'
import { bundleForTests } from '../programs'
import { Started } from './started'

/**
 * The real supervisor on a stage of its own: real processes, real PostgreSQL, but stand-ins for the three programs,
 * so that what is tested is the supervisor alone and a start takes seconds. The browser tests run the real ones.
 */
export class Stage {
  readonly #started: Started[] = []
  readonly #folders: string[] = []
  private constructor(private readonly root: string) {}

  static async build(): Promise<Stage> {
    const bundled = await bundleForTests(['supervisor', 'admin'])
    // Below node_modules, so that the bundles find their packages.
    const root = mkdtempSync(join(dirname(bundled), 'stage-'))
    for (const program of ['supervisor.mjs', 'admin.mjs'])
      link(join(bundled, program), join(root, 'dist', program))
    link(join(process.cwd(), 'lib', 'server', 'db', 'migrations'), join(root, 'lib/server/db/migrations'))
    mkdirSync(join(root, '.next'))
    writeFileSync(join(root, '.next', 'BUILD_ID'), 'stage')
    const standIns = join(process.cwd(), 'lib', 'testing', 'stage', 'stand-ins')
    await bundle({
      entryPoints: [
        { in: join(standIns, 'controller.ts'), out: 'dist/controller' },
        { in: join(standIns, 'gateway.ts'), out: 'dist/gateway' },
        { in: join(standIns, 'next.ts'), out: 'node_modules/next/dist/bin/next' },
      ],
      outdir: root,
    })
    symlinkSync(
      join(root, 'node_modules/next/dist/bin/next.mjs'),
      join(root, 'node_modules/next/dist/bin/next'),
    )
    return new Stage(root)
  }

  /** A new data directory that PostgreSQL's own account can reach. */
  dataDir(): string {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-stage-'))
    chmodSync(folder, 0o711)
    this.#folders.push(folder)
    return join(folder, 'data')
  }

  /** Runs the supervisor, or another bundled program, with nothing but this environment. */
  start(
    environment: Record<string, string>,
    { program = 'supervisor', args = [] }: { program?: string; args?: string[] } = {},
  ): Started {
    const started = new Started(this.root, join(this.root, 'dist', `${program}.mjs`), args, {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      SLIPWAY_GATEWAY_PORT: '0',
      SLIPWAY_SKIP_SAMPLE: '1',
      ...environment,
    })
    this.#started.push(started)
    return started
  }

  /** Stops what tests left running and removes everything. */
  async clear(): Promise<void> {
    for (const started of this.#started) await started.stop()
    for (const folder of [...this.#folders, this.root]) rmSync(folder, { recursive: true, force: true })
  }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
