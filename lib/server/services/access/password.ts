import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's recommendation for scrypt with 32 MiB: N = 2^15, r = 8, p = 3. About 0.2 s. */
const COST = { logN: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32
const FORMAT = /^scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/

function derive(password: string, salt: Buffer, cost: typeof COST, length: number): Promise<Buffer> {
  const N = 2 ** cost.logN
  const options: ScryptOptions = { N, r: cost.r, p: cost.p, maxmem: 256 * N * cost.r }
  return new Promise((resolve, reject) => {
    // The same text typed on two keyboards can differ in its code points.
    scrypt(password.normalize('NFKC'), salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

/** `scrypt$ln=15,r=8,p=3$salt$hash`: the parameters travel along, so they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, COST, HASH_BYTES)
  const { logN, r, p } = COST
  return `scrypt$ln=${logN},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** A hash nobody knows the password of: checking against it costs the time a real account would. */
let decoy: Promise<string> | undefined

/** Takes as long for an unknown account (`stored` null) as for a wrong password, so neither can be told apart. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(SALT_BYTES).toString('hex'))
  const match = FORMAT.exec(stored ?? (await decoy))
  if (!match) throw new Error('A stored password hash has an unknown format.')
  const [, logN, r, p, salt = '', hash = ''] = match
  const expected = Buffer.from(hash, 'base64url')
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) }
  const given = await derive(password, Buffer.from(salt, 'base64url'), cost, expected.length)
  return timingSafeEqual(given, expected) && stored !== null
}

/** Readable and strong: 20 characters of 32 that are hard to confuse, 100 bits. */
export function generatePassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
  const letters = [...randomBytes(20)].map(byte => alphabet.charAt(byte % 32))
  return (letters.join('').match(/.{5}/g) ?? []).join('-')
}
