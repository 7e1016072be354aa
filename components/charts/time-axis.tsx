import { timeTicks } from '@/lib/domain/analytics/ticks'
import { formatTime, type Zone } from '@/lib/domain/format/time'
import { labelsIn, PLOT, TICK_TEXT } from './plot'

type Props = { domain: readonly [number, number]; zone: Zone; width: number; height: number }

/** Half of a letter of a label, in pixels: near enough to keep the last one inside. */
const HALF_LETTER = 3.2

/** The labels below a plot, at round times. */
export function TimeAxis({ domain: [fromMs, toMs], zone, width, height }: Props) {
  const plotWidth = width - PLOT.left - PLOT.right
  return timeTicks(fromMs, toMs, zone, labelsIn(plotWidth)).map(at => {
    const label = formatTime(at, toMs - fromMs, zone)
    const x = PLOT.left + ((at - fromMs) / (toMs - fromMs)) * plotWidth
    return (
      <text
        key={at}
        {...TICK_TEXT}
        x={Math.min(x, width - label.length * HALF_LETTER)}
        y={height - 8}
        textAnchor="middle"
      >
        {label}
      </text>
    )
  })
}
