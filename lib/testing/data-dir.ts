import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Gives the file a data directory of its own (the key that seals secrets lives there); removed afterwards. */
export function testDataDir(): void {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-test-data-'))
  process.env.SLIPWAY_DATA_DIR = folder
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
}
