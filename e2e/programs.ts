import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { expect } from './fixtures'
import type { Product } from './product'

const launchFile = z.object({ pid: z.number() })

/** The process a program runs as, as the supervisor has noted it. */
function pidOf(product: Product, name: string): number | null {
  try {
    return launchFile.parse(
      JSON.parse(readFileSync(join(product.dataDir, 'run', `${name}.launch.json`), 'utf8')),
    ).pid
  } catch {
    return null
  }
}

/** Kills a program without warning and waits until another process of it is there. */
export async function killProgram(product: Product, name: string): Promise<void> {
  const before = pidOf(product, name)
  if (before === null) throw new Error(`The supervisor has no note of ${name}.`)
  process.kill(before, 'SIGKILL')
  await expect.poll(() => pidOf(product, name) ?? before, { timeout: 60_000 }).not.toBe(before)
}
