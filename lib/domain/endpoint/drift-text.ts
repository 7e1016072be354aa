import type { Change } from './diff'
import { type Drift, keepProblemOf } from './drift'
import type { DriftView } from './drift-view'
import type { Happening } from './rollout-types'
import type { SelfRolledFacts } from './self-rollout-types'
import { isSettled } from './settled'

const OF_STATE: Record<NonNullable<Drift['state']>, string> = {
  gone: 'Deleted outside Slipway: the account has nothing of it any more.',
  paused: 'Paused outside Slipway.',
  running: 'Resumed outside Slipway: it runs and costs, and here it is paused.',
}

/** What became of the whole of it. */
export const driftMessage = (state: NonNullable<Drift['state']>): string => OF_STATE[state]

/** "Changed outside Slipway: 3 replicas there, 2 here." */
export function driftSentence({ state, changes }: Pick<Drift, 'state' | 'changes'>): string {
  const said = changes.length > 0 ? [`Changed outside Slipway: ${changesText(changes)}.`] : []
  return [...(state === null ? [] : [driftMessage(state)]), ...said].join(' ')
}

const SHOWN = 4

function changesText(changes: readonly Change[]): string {
  const parts = withReplicas(changes)
  const rest = parts.length - SHOWN
  return [...parts.slice(0, SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')
}

const MIN = 'hardware.scaling.minReplicas'
const MAX = 'hardware.scaling.maxReplicas'

/** A minimum and a maximum that moved as one are said as the number that people mean. */
function withReplicas(changes: readonly Change[]): string[] {
  const min = changes.find(({ path }) => path === MIN)
  const max = changes.find(({ path }) => path === MAX)
  const isNumber = min && max && min.before === max.before && min.after === max.after
  if (!isNumber) return changes.map(sentencePart)
  const others = changes.filter(change => change !== min && change !== max)
  return [
    `${min.after} ${min.after === '1' ? 'replica' : 'replicas'} there, ${min.before} here`,
    ...others.map(sentencePart),
  ]
}

const sentencePart = ({ label, before, after }: Change): string =>
  `${label} ${shown(after)} there, ${shown(before)} here`

const shown = (value: string | null): string =>
  value === null ? 'not set' : value.length > 60 ? `${value.slice(0, 59)}…` : value

/** For people; nothing before it is believed. */
export function driftViewOf(drift: Drift | null): DriftView | null {
  if (!drift?.isConfirmed) return null
  const { state, since } = drift
  return { state, since, sentence: driftSentence(drift), keepProblem: keepProblemOf(drift) }
}

/** What the timeline says when a drift is believed, becomes another, or is over without anybody's choice. */
export function driftHappenings(facts: SelfRolledFacts, after: Drift | null): Happening[] {
  const before = facts.drift?.isConfirmed ? facts.drift : null
  if (after?.isConfirmed && (before === null || before.since !== after.since))
    return [{ kind: 'driftFound', message: driftSentence(after) }]
  if (before === null || after !== null) return []
  const message = isSettled(facts)
    ? 'What was changed outside Slipway is as it was.'
    : 'What was changed outside Slipway is replaced by a newer change made here.'
  return [{ kind: 'driftResolved', message }]
}
