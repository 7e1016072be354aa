import type { Zone } from '@/lib/domain/format/time'

const two = (value: number) => String(value).padStart(2, '0')

/** What a `datetime-local` field shows of an instant: `2026-11-23T04:05`, on the zone's wall clock. */
export function fieldOf(ms: number, zone: Zone): string {
  const at = new Date(ms)
  if (zone === 'utc') return at.toISOString().slice(0, 16)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The instant a field's text names in that zone; NaN when it is none. Of an hour that comes twice, the first. */
export const instantOf = (text: string, zone: Zone): number =>
  new Date(zone === 'utc' ? `${text}Z` : text).getTime()
