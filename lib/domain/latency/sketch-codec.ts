/**
 * Bytes of a sketch: version, zeros, number of buckets that hold something, then for each the distance to the
 * bucket before it and its count, all as little-endian base-128 varints. A window of one endpoint takes some tens
 * of bytes, an hour of mixed latencies some hundred.
 */
const VERSION = 1
const MAX_VARINT_BYTES = 8

/** Encoding is synchronous, so one growing buffer serves every sketch. */
let scratch = new Uint8Array(4096)
let length = 0

function writeVarint(value: number): void {
  let rest = value
  // Bit operations end at 32 bits; counts do not.
  while (rest > 0x7fffffff) {
    scratch[length++] = (rest % 128) | 0x80
    rest = Math.floor(rest / 128)
  }
  while (rest > 0x7f) {
    scratch[length++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  scratch[length++] = rest
}

/** `counts[i]` belongs to bucket `offset + i`. */
export function encodeBuckets(zeros: number, counts: Float64Array, offset: number): Uint8Array {
  const worst = 1 + (2 + 2 * counts.length) * MAX_VARINT_BYTES
  if (scratch.length < worst) scratch = new Uint8Array(worst)
  let held = 0
  for (let i = 0; i < counts.length; i++) if (counts[i] !== 0) held++
  scratch[0] = VERSION
  length = 1
  writeVarint(zeros)
  writeVarint(held)
  let previous = 0
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0
    if (count === 0) continue
    writeVarint(offset + i - previous)
    writeVarint(count)
    previous = offset + i
  }
  return scratch.slice(0, length)
}

const broken = (why: string) => new Error(`Not a latency sketch: ${why}.`)

/** What was decoded last; one per thread, because charts decode thousands of sketches and allocate none. */
export type DecodedBuckets = {
  zeros: number
  /** Values in all buckets, zeros included. */
  total: number
  /** How many entries of `indexes` (ascending) and `counts` hold. */
  held: number
  indexes: Uint16Array
  counts: Float64Array
}
const decoded: DecodedBuckets = {
  zeros: 0,
  total: 0,
  held: 0,
  indexes: new Uint16Array(0),
  counts: new Float64Array(0),
}

/** Where `readVarint` goes on. */
let position = 0

function readVarint(bytes: Uint8Array): number {
  let value = 0
  let scale = 1
  for (let i = 0; i < MAX_VARINT_BYTES; i++) {
    const byte = bytes[position++]
    if (byte === undefined) throw broken(`it ends within a number at byte ${bytes.length}`)
    value += (byte & 0x7f) * scale
    if (byte < 0x80) {
      if (value > Number.MAX_SAFE_INTEGER) throw broken(`the number before byte ${position} is too large`)
      return value
    }
    scale *= 128
  }
  throw broken(`the number before byte ${position} is too long`)
}

/**
 * The buckets in `bytes`, in one object that the next call fills anew.
 * @throws Error that says what is wrong with the bytes.
 */
export function decodeBuckets(bytes: Uint8Array, maxIndex: number): DecodedBuckets {
  if (bytes.length === 0) throw broken('it is empty')
  if (bytes[0] !== VERSION) throw broken(`version ${bytes[0]} is unknown, ${VERSION} is read`)
  if (decoded.indexes.length <= maxIndex) {
    decoded.indexes = new Uint16Array(maxIndex + 1)
    decoded.counts = new Float64Array(maxIndex + 1)
  }
  position = 1
  decoded.zeros = readVarint(bytes)
  decoded.held = readVarint(bytes)
  decoded.total = decoded.zeros + readBuckets(bytes, decoded.held, maxIndex)
  if (position !== bytes.length) throw broken(`${bytes.length - position} bytes follow its end`)
  return decoded
}

/** Fills `decoded.indexes` and `decoded.counts`; returns the sum of the counts. */
function readBuckets(bytes: Uint8Array, held: number, maxIndex: number): number {
  const { indexes, counts } = decoded
  let total = 0
  let index = 0
  for (let i = 0; i < held; i++) {
    const step = readShortVarint(bytes)
    if (step === 0 && i > 0) throw broken(`bucket ${index} is there twice`)
    index += step
    if (index > maxIndex) throw broken(`bucket ${index} is beyond the last, ${maxIndex}`)
    const count = readShortVarint(bytes)
    if (count === 0) throw broken(`bucket ${index} holds nothing`)
    indexes[i] = index
    counts[i] = count
    total += count
  }
  return total
}

/** Bit that says another byte follows; also stands for a byte that is not there, which the long way refuses. */
const MORE = 0x80

/** Nearly every number is one to three bytes long; charts read a million of them. */
function readShortVarint(bytes: Uint8Array): number {
  const first = bytes[position] ?? MORE
  if (first < MORE) {
    position++
    return first
  }
  const second = bytes[position + 1] ?? MORE
  if (second < MORE) {
    position += 2
    return (first & 0x7f) | (second << 7)
  }
  const third = bytes[position + 2] ?? MORE
  if (third < MORE) {
    position += 3
    return (first & 0x7f) | ((second & 0x7f) << 7) | (third << 14)
  }
  return readVarint(bytes)
}
