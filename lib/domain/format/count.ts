/*
 * Written here, not by `Intl.NumberFormat`: making one reads the browser's tables of numbers in all languages, which
 * every page did before it could be used.
 */

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** `12,480`: exact. */
export function formatCount(value: number): string {
  if (Number.isInteger(value)) return grouped(String(value))
  const [whole = '', part = ''] = String(Number(value.toFixed(3))).split('.')
  return part === '' ? grouped(whole) : `${grouped(whole)}.${part}`
}

const UNITS = ['K', 'M', 'B', 'T'] as const

/** `12.5K`: where a column has no room for every digit; below 10,000 it is exact. */
export function formatCompactCount(value: number): string {
  const size = Math.abs(value)
  if (size < 10_000) return formatCount(value)
  // In tenths of a unit; what would be shown as 1,000 of one is 1 of the next.
  const tenths = UNITS.map((_, index) => Math.round(size / (100 * 1000 ** index)))
  const fits = tenths.findIndex(count => count < 10_000)
  const unit = fits === -1 ? UNITS.length - 1 : fits
  return `${value < 0 ? '-' : ''}${formatCount((tenths[unit] ?? 0) / 10)}${UNITS[unit]}`
}

/** `1 replica`, `3 replicas`, `2 copies`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
