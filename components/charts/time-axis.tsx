import { timeTicks } from '@/lib/domain/analytics/ticks'
import { formatTime, type Zone } from '@/lib/domain/format/time'
import { labelsIn, PLOT, TICK_TEXT } from './plot'

type Props = { domain: readonly [number, number]; zone: Zone; width: number; height: number }

/** The labels below a plot that is drawn by hand: at the same round times as recharts' axis has them. */
export function TimeAxis({ domain: [fromMs, toMs], zone, width, height }: Props) {
  const plotWidth = width - PLOT.left - PLOT.right
  return timeTicks(fromMs, toMs, zone, labelsIn(plotWidth)).map(at => (
    <text
      key={at}
      {...TICK_TEXT}
      x={PLOT.left + ((at - fromMs) / (toMs - fromMs)) * plotWidth}
      y={height - 8}
      textAnchor="middle"
    >
      {formatTime(at, toMs - fromMs, zone)}
    </text>
  ))
}
