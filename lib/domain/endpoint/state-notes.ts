import type { UnreachedView } from '@/lib/domain/network/unreached'
import type { EndpointSummary } from './view'

export type StateNote = { label: string; tone: 'neutral' | 'warning' | 'bad'; help: string }

type Noted = Pick<EndpointSummary, 'desired' | 'removedAt' | 'drift' | 'unreached' | 'isReadOnly'>

/** What the word of its state alone would hide, wherever an endpoint is named by it. */
export function stateNotes({ desired, removedAt, drift, unreached, isReadOnly }: Noted): StateNote[] {
  if (removedAt !== null || desired === 'absent') return []
  return [
    ...(isReadOnly ? [READ_ONLY] : []),
    ...(drift ? [{ label: 'Changed outside', tone: 'warning' as const, help: drift.sentence }] : []),
    ...(unreached ? [reachNote(unreached)] : []),
  ]
}

const reachNote = ({ isOld, message }: UnreachedView): StateNote =>
  isOld
    ? {
        label: 'Reach unknown',
        tone: 'warning',
        help: `No gateway has answered lately. What was found last: ${message}`,
      }
    : { label: 'Not reached', tone: 'bad', help: message }

const READ_ONLY: StateNote = {
  label: 'Read-only',
  tone: 'neutral',
  help: 'It was in the account before Slipway, which only looks at it until somebody presses Manage.',
}
