/** Said wherever nobody has set a price: an unknown cost is not a cost of nothing. */
export const NO_PRICE = 'no price set'

const HOURS_PER_MONTH = 730

/** `$0.45`, `$0.0325`, `$1,204.50`: two decimals, more only where two would hide the number. */
export function formatUsd(usd: number): string {
  const magnitude = Math.abs(usd)
  const digits = magnitude === 0 || magnitude >= 0.1 ? 2 : 4
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(usd)
}

/** `$0.45/h`, or the words for no price. */
export const formatUsdPerHour = (usd: number | null): string =>
  usd === null ? NO_PRICE : `${formatUsd(usd)}/h`

/** A month of 730 hours, as the clouds count it. */
export const formatUsdPerMonth = (usdPerHour: number | null): string =>
  usdPerHour === null ? NO_PRICE : `${formatUsd(usdPerHour * HOURS_PER_MONTH)}/month`
