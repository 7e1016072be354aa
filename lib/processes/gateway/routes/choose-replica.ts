type Candidate = { inFlight: number; isAvoided(nowMs: number): boolean }

/**
 * The candidate with the fewest requests in flight; ties rotate with `turn`. One that just refused a connection is
 * taken only when all others did too or are excluded.
 */
export function chooseReplica<T extends Candidate>(
  candidates: readonly T[],
  turn: number,
  nowMs: number,
  excluded?: ReadonlySet<T>,
): T | null {
  let best: T | null = null
  let bestScore = Number.POSITIVE_INFINITY
  for (let i = 0; i < candidates.length; i++) {
    const candidate = candidates[(turn + i) % candidates.length]
    if (!candidate || excluded?.has(candidate)) continue
    const score = candidate.isAvoided(nowMs) ? 1e9 + candidate.inFlight : candidate.inFlight
    if (score < bestScore) {
      best = candidate
      bestScore = score
    }
  }
  return best
}
