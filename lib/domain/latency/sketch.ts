import { decodeBuckets, encodeBuckets } from './sketch-codec'

/**
 * Bucket i holds the values in (GAMMA^(i-1), GAMMA^i], the mapping of DDSketch (arXiv 1908.10693). With 1.02 the
 * representative value is at most (GAMMA-1)/(GAMMA+1) = 0.9901 % from any value of its bucket: within 1 % with
 * room for floating-point rounding at the bucket edges.
 */
const GAMMA = 1.02
const INVERSE_LOG_GAMMA = 1 / Math.log(GAMMA)
/** 1.02^1500 µs = 91 days: longer values count as this long. */
const MAX_INDEX = 1500
/** Buckets made room for beyond the one that did not fit, so that a drifting latency rarely grows the array. */
const HEADROOM = 32

/** The value of each bucket whose relative distance to both edges is the same. */
const REPRESENTATIVES = Float64Array.from(
  { length: MAX_INDEX + 1 },
  (_, index) => (2 * GAMMA ** index) / (GAMMA + 1),
)

/** 0.07 × 100 is 7.000000000000001: a rounding error must not move to the next rank. */
const rankOf = (q: number, count: number): number =>
  Math.max(1, Math.ceil(Math.min(Math.max(q, 0), 1) * count * (1 - 4 * Number.EPSILON)))

/** Where the bucket with this index ends, in microseconds. */
export const bucketEndUs = (index: number): number => GAMMA ** index

export type SketchBucket = {
  /** Exclusive, except for the bucket of zeros, which is [0, 1). */
  lowerUs: number
  /** Inclusive. */
  upperUs: number
  count: number
}

/**
 * A distribution of durations in microseconds: exact counts in logarithmic buckets, so that sketches merge in any
 * order to the same result and every quantile is within 1 % of the nearest-rank value. Durations below 1 µs
 * (and negative ones, which only a broken clock makes) count as 0.
 */
export class Sketch {
  /** How many values were added; exact up to 2^53. */
  count = 0
  private zeros = 0
  /** Counts of the buckets from `offset` on; doubles, because months of requests exceed 32 bits. */
  private counts = new Float64Array(0)
  private offset = 0

  /** Empty again; what it has room for stays, so that one sketch serves many windows. */
  clear(): void {
    this.count = 0
    this.zeros = 0
    this.counts.fill(0)
  }

  /** Allocates only when the range of values grows. */
  add(valueUs: number, count = 1): void {
    this.count += count
    // Written so that NaN lands here too.
    if (!(valueUs >= 1)) {
      this.zeros += count
      return
    }
    const index = Math.min(Math.ceil(Math.log(valueUs) * INVERSE_LOG_GAMMA), MAX_INDEX)
    this.addToBucket(index, count)
  }

  merge(other: Sketch): this {
    this.count += other.count
    this.zeros += other.zeros
    const { counts, offset } = other
    let first = 0
    let last = counts.length - 1
    while (first <= last && counts[first] === 0) first++
    while (last >= first && counts[last] === 0) last--
    if (first > last) return this
    this.cover(offset + first, offset + last)
    const target = this.counts
    const shift = offset - this.offset
    for (let i = first; i <= last; i++) {
      target[shift + i] = (target[shift + i] ?? 0) + (counts[i] ?? 0)
    }
    return this
  }

  /**
   * Adds an encoded sketch without making one: what charts do thousands of times.
   * @throws Error that says what is wrong when the bytes are not a sketch; nothing was added then.
   */
  mergeEncoded(bytes: Uint8Array): this {
    const { zeros, total, held, indexes, counts } = decodeBuckets(bytes, MAX_INDEX)
    this.count += total
    this.zeros += zeros
    if (held === 0) return this
    this.cover(indexes[0] ?? 0, indexes[held - 1] ?? 0)
    const target = this.counts
    const { offset } = this
    for (let i = 0; i < held; i++) {
      const place = (indexes[i] ?? 0) - offset
      target[place] = (target[place] ?? 0) + (counts[i] ?? 0)
    }
    return this
  }

  /**
   * The value at nearest rank max(1, ⌈q × count⌉), within 1 %; null without values. `q` is clamped to 0…1.
   */
  quantile(q: number): number | null {
    return this.quantiles([q])[0] ?? null
  }

  /** Several at once in one pass over the buckets; `qs` must ascend. */
  quantiles(qs: readonly number[]): (number | null)[] {
    const { counts, offset, count } = this
    if (count === 0) return qs.map(() => null)
    const values: (number | null)[] = []
    let position = -1
    let seen = this.zeros
    for (const q of qs) {
      const rank = rankOf(q, count)
      while (seen < rank) {
        position++
        if (position >= counts.length) throw new Error('A sketch’s buckets hold fewer values than its count.')
        seen += counts[position] ?? 0
      }
      values.push(position < 0 ? 0 : (REPRESENTATIVES[offset + position] ?? null))
    }
    return values
  }

  /** The buckets that hold something, from short to long. */
  *buckets(): Generator<SketchBucket> {
    if (this.zeros > 0) yield { lowerUs: 0, upperUs: 1, count: this.zeros }
    for (let i = 0; i < this.counts.length; i++) {
      const count = this.counts[i] ?? 0
      const index = this.offset + i
      if (count > 0) yield { lowerUs: GAMMA ** (index - 1), upperUs: GAMMA ** index, count }
    }
  }

  /**
   * Counts of `rows` groups of `width` neighbouring buckets; the first group ends with the bucket `first` and holds
   * everything below, the last everything above. Exact, because groups end where buckets end.
   */
  grouped(first: number, width: number, rows: number): number[] {
    const sums = new Array<number>(rows).fill(0)
    sums[0] = this.zeros
    const { counts } = this
    const shift = this.offset - first
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i] ?? 0
      if (count === 0) continue
      const row = Math.min(Math.max(0, Math.ceil((shift + i) / width)), rows - 1)
      sums[row] = (sums[row] ?? 0) + count
    }
    return sums
  }

  /** Equal distributions encode to equal bytes, however they came about. */
  encode(): Uint8Array {
    return encodeBuckets(this.zeros, this.counts, this.offset)
  }

  /** @throws Error that says what is wrong when the bytes are not a sketch. */
  static decode(bytes: Uint8Array): Sketch {
    return new Sketch().mergeEncoded(bytes)
  }

  private addToBucket(index: number, count: number): void {
    let position = index - this.offset
    if (position < 0 || position >= this.counts.length) {
      this.cover(index, index)
      position = index - this.offset
    }
    this.counts[position] = (this.counts[position] ?? 0) + count
  }

  /** Makes room for the buckets from `low` to `high`. */
  private cover(low: number, high: number): void {
    const { counts, offset } = this
    const end = offset + counts.length
    if (low >= offset && high < end) return
    const isEmpty = counts.length === 0
    const nextOffset = !isEmpty && low >= offset ? offset : Math.max(0, low - HEADROOM)
    const nextEnd = !isEmpty && high < end ? end : Math.min(MAX_INDEX, high + HEADROOM) + 1
    const next = new Float64Array(Math.max(nextEnd, end) - nextOffset)
    next.set(counts, isEmpty ? 0 : offset - nextOffset)
    this.counts = next
    this.offset = nextOffset
  }
}
