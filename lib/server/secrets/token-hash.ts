import { createHash } from 'node:crypto'

/** How a token is stored and found. SHA-256 without salt or stretching: tokens are 256 random bits, not passwords. */
export const hashToken = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()
