import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Product } from './product'

const shimFile = z.object({ child: z.object({ pid: z.number() }) })

/** The model server under the newest attempt's shim. */
export function modelServerPid(product: Product, replicaId: string): number {
  const folder = join(product.dataDir, 'replicas', replicaId, 'attempts')
  const newest = Math.max(...readdirSync(folder).map(Number))
  return shimFile.parse(JSON.parse(readFileSync(join(folder, String(newest), 'shim.json'), 'utf8'))).child.pid
}
