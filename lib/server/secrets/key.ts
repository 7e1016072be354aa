import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '@/lib/server/env'

const KEY_BYTES = 32

function decode(text: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64')
  if (key.length !== KEY_BYTES) {
    throw new Error(
      'The key that seals secrets must be 32 bytes in base64 or hex (SLIPWAY_SECRET_KEY or secret.key).',
    )
  }
  return key
}

let cached: Buffer | undefined

/** The key that seals secrets: from SLIPWAY_SECRET_KEY, else `secret.key` in the data directory, made at first use. */
export function sealingKey(): Buffer {
  if (cached) return cached
  const e = env()
  if (e.SLIPWAY_SECRET_KEY) {
    cached = decode(e.SLIPWAY_SECRET_KEY)
    return cached
  }
  const path = join(e.SLIPWAY_DATA_DIR, 'secret.key')
  try {
    mkdirSync(e.SLIPWAY_DATA_DIR, { recursive: true, mode: 0o711 })
    // `wx`: of two programs that start together one writes, both read the same file.
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  cached = decode(readFileSync(path, 'utf8'))
  return cached
}

/** A key for another purpose (cookies, internal ports), derived so that one secret is enough. */
export const deriveKey = (purpose: string): string =>
  createHash('sha256').update(sealingKey()).update(`slipway:${purpose}`).digest('base64url')
