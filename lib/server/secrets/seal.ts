import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { sealingKey } from './key'

const VERSION = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals a text with AES-256-GCM. `context` (an endpoint's id, a purpose) is authenticated: a sealed text copied to
 * another row does not open there.
 */
export function seal(text: string, context: string, key = sealingKey()): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
}

/** @throws Error when the text was sealed with another key or context, or was changed. */
export function open(sealed: string, context: string, key = sealingKey()): string {
  const [version, payload] = sealed.split('.')
  if (version !== VERSION || !payload) throw new Error('Not a sealed text of a known version.')
  const bytes = Buffer.from(payload, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
    'utf8',
  )
}
