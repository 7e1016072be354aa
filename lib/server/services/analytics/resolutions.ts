/**
 * Lengths in seconds of the windows that are kept. Each is a multiple of the one before and is computed from it, so
 * that no chart has to merge more than a few windows per point (at most 12, where hours make a point of 2 days).
 */
export const RESOLUTIONS = [10, 60, 300, 3600, 14_400] as const
export type Resolution = (typeof RESOLUTIONS)[number]

/** What gateways and controllers write themselves; everything else is computed. */
export const FINEST: Resolution = 10
/** The finest windows of tokens. */
export const FINEST_OF_TOKENS: Resolution = 60

/** Which resolution is computed from which, finest first. */
export const ROLL_UPS: readonly { source: Resolution; target: Resolution }[] = RESOLUTIONS.slice(1).map(
  (target, index) => ({ source: RESOLUTIONS[index] ?? FINEST, target }),
)
