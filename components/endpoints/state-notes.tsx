import { Badge } from '@/components/ui/badge'
import { type StateNote, stateNotes } from '@/lib/domain/endpoint/state-notes'
import type { EndpointSummary } from '@/lib/domain/endpoint/view'

const VARIANTS = { neutral: 'outline', warning: 'warning', bad: 'destructive' } as const satisfies Record<
  StateNote['tone'],
  string
>

/** Badges beside the state: read-only, changed outside, out of reach. */
export const StateNotes = ({ endpoint }: { endpoint: EndpointSummary }) =>
  stateNotes(endpoint).map(({ label, tone, help }) => (
    <Badge key={label} variant={VARIANTS[tone]} title={help}>
      {label}
    </Badge>
  ))
