const plain = new Intl.NumberFormat('en')
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** `12,480`: exact. */
export const formatCount = (value: number): string => plain.format(value)

/** `12.5K`: where a column has no room for every digit; below 10,000 it is exact. */
export const formatCompactCount = (value: number): string =>
  Math.abs(value) < 10_000 ? plain.format(value) : compact.format(value)

/** `1 replica`, `3 replicas`, `2 copies`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
