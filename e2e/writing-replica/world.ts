import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import { z } from 'zod'
import { logPage } from '@/lib/domain/logs/view'
import { routes } from '@/lib/routes'
import { type StartedProduct, startProduct } from '../product'
import { prepareWritingReplica } from './prepare'

/** What the supervisor makes on a first start. */
const ENDPOINT = 'sample-sentiment'

type Program = 'portal' | 'controller'
/** Of the kernel's clock in /proc: 100 a second on every Linux there is. */
const US_PER_TICK = 10_000

/** The built product with one endpoint, whose replica writes on demand. */
export type World = {
  product: StartedProduct
  endpointId: string
  get: (path: string, headers?: Record<string, string>) => ReturnType<typeof request>
  /** Path of one of the endpoint's own routes below the portal. */
  path: (
    of: (team: string, name: string, params?: Record<string, string>) => string,
    params?: Record<string, string>,
  ) => string
  /** The replica writes lines with these numbers; resolves when it has written them. */
  write: (from: number, count: number, perSecond?: number) => Promise<void>
  /** The replica writes these very lines. */
  say: (lines: readonly string[]) => Promise<void>
  lastSeq: () => Promise<number>
  /** The program that writes the lines, to be run on another output. */
  writer: string
  logFolder: string
  rssBytes: (program: Program) => number
  /** CPU time a program has used so far, in microseconds. */
  cpuUs: (program: Program) => number
}

const launch = z.object({ pid: z.number() })

export async function startWorld(env: Record<string, string> = {}): Promise<World> {
  const { distDir, writer } = await prepareWritingReplica()
  const product = await startProduct({
    env: { SLIPWAY_DIST_DIR: distDir, SLIPWAY_LOG_LEVEL: 'warn', ...env },
  })
  const headers = { authorization: `Bearer ${product.admin.token}` }
  const get: World['get'] = (path, more = {}) =>
    request(`${product.portalUrl}${path}`, {
      headers: { ...headers, ...more },
      headersTimeout: 30_000,
      reset: true,
    })
  const path: World['path'] = (of, params) => of(product.team, ENDPOINT, params)
  const json = async (from: string) => (await get(from)).body.json()
  const pidOf = (program: Program): number =>
    launch.parse(JSON.parse(readFileSync(join(product.dataDir, 'run', `${program}.launch.json`), 'utf8'))).pid
  const { id } = z.object({ id: z.string() }).parse(await json(path(routes.api.endpoint)))
  return {
    product,
    endpointId: id,
    get,
    path,
    writer,
    logFolder: join(product.dataDir, 'logs', id),
    say: async lines => {
      const query = new URLSearchParams(lines.map(line => ['line', line]))
      const { statusCode, body } = await request(
        `${product.gatewayUrl}/${product.team}/${ENDPOINT}/say?${query}`,
        { headers },
      )
      await body.dump()
      if (statusCode !== 200) throw new Error(`The replica answered ${statusCode}.`)
    },
    lastSeq: async () => logPage.parse(await json(path(routes.api.logs, { limit: '1' }))).kept?.last ?? 0,
    rssBytes: program => {
      const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(
        readFileSync(`/proc/${pidOf(program)}/status`, 'utf8'),
      )?.[1]
      return Number(kilobytes) * 1024
    },
    cpuUs: program => {
      const fields =
        readFileSync(`/proc/${pidOf(program)}/stat`, 'utf8')
          .split(') ')[1]
          ?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) * US_PER_TICK
    },
    write: async (from, count, perSecond) => {
      const rate = perSecond === undefined ? '' : `&perSecond=${perSecond}`
      const url = `${product.gatewayUrl}/${product.team}/${ENDPOINT}/write?from=${from}&count=${count}${rate}`
      const answer = await request(url, { headers, headersTimeout: 300_000 })
      const text = await answer.body.text()
      if (answer.statusCode !== 200) throw new Error(`The writer answered ${answer.statusCode}: ${text}`)
    },
  }
}
