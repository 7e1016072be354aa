const PREFIX = 'slip_'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_BYTES = 32
/** 256 bits and 32 bits in base 62. */
const BODY_LENGTH = 43
const CHECKSUM_LENGTH = 6
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${BODY_LENGTH + CHECKSUM_LENGTH}}$`)

const base62 = (value: bigint, length: number): string => {
  let text = ''
  for (let rest = value; rest > 0n; rest /= 62n) text = ALPHABET.charAt(Number(rest % 62n)) + text
  return text.padStart(length, '0')
}

/** CRC-32 as in zlib: finds typing errors, protects nothing. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

const checksumOf = (body: string): string => base62(BigInt(crc32(body)), CHECKSUM_LENGTH)

/**
 * A new API token: `slip_`, 256 random bits in base 62, and a checksum. The prefix lets secret scanners find leaked
 * ones, the checksum lets them (and our forms) tell a token from something that looks like one. The gateway never
 * asks for either: a token is whatever hashes to a stored hash.
 */
export function makeTokenText(random = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))): string {
  const number = random.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const body = base62(number, BODY_LENGTH)
  return `${PREFIX}${body}${checksumOf(body)}`
}

/** False where a token of ours was mistyped or cut; says nothing about whether it exists. */
export function isTokenText(text: string): boolean {
  if (!SHAPE.test(text)) return false
  const body = text.slice(PREFIX.length, PREFIX.length + BODY_LENGTH)
  return text.endsWith(checksumOf(body))
}

/** The first characters, to recognise a token in a list. Too few to help guessing the rest. */
export const tokenPreview = (text: string): string => `${text.slice(0, text.startsWith(PREFIX) ? 9 : 4)}…`
