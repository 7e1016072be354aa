import { formatExact, type Zone } from '@/lib/domain/format/time'

const NAMED = 3

/** Says where a gateway ended without warning: what it had not yet written down is missing from every chart. */
export function GapNote({ gapsMs, zone }: { gapsMs: readonly number[]; zone: Zone }) {
  if (gapsMs.length === 0) return null
  const named = gapsMs.slice(-NAMED).map(ms => formatExact(ms, zone))
  const more = gapsMs.length - named.length
  return (
    <p
      role="status"
      className="rounded-md border border-state-warning/40 bg-state-warning/10 px-3 py-2 text-sm"
    >
      A gateway ended without warning: up to two seconds of requests may be missing around {named.join(', ')}
      {more > 0 && ` and ${more} earlier times`}.
    </p>
  )
}
