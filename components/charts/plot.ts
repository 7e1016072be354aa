/** Every plot has the same edges, so that one time is at one place in all of them. Pixels. */
export const PLOT = { height: 180, left: 64, right: 8, top: 6, bottom: 24 } as const

/** Where a share of the plot's width is, for CSS: the width itself is not known there. */
export const leftAt = (share: number): string =>
  `calc(${PLOT.left}px + ${share} * (100% - ${PLOT.left + PLOT.right}px))`

/** Beside such a place, on the side that has more room, and never wider than that. */
export const besideAt = (share: number) =>
  share < 0.5
    ? { top: PLOT.top, left: `calc(${leftAt(share)} + 10px)`, maxWidth: `calc(90% - ${leftAt(share)})` }
    : {
        top: PLOT.top,
        right: `calc(100% - ${leftAt(share)} + 10px)`,
        maxWidth: `calc(${leftAt(share)} - 10px)`,
      }

export const TICK_TEXT = { fontSize: 11, fill: 'var(--muted-foreground)' } as const

/** One label per this many pixels at most. */
const LABEL_PX = 72

export const labelsIn = (plotWidth: number): number => Math.max(2, Math.floor(plotWidth / LABEL_PX))
