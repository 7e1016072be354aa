/** Every plot has the same edges, so that one time is at one place in all of them. Pixels. */
export const PLOT = { height: 180, left: 64, right: 8, top: 6, bottom: 24 } as const

/** Where a share of the plot's width is, for CSS: the width itself is not known there. */
export const leftAt = (share: number): string =>
  `calc(${PLOT.left}px + ${share} * (100% - ${PLOT.left + PLOT.right}px))`

export const TICK_TEXT = { fontSize: 11, fill: 'var(--muted-foreground)' } as const

/** One label per this many pixels at most. */
const LABEL_PX = 90

export const labelsIn = (plotWidth: number): number => Math.max(2, Math.floor(plotWidth / LABEL_PX))
