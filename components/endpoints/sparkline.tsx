import { cn } from '@/components/ui/cn'

const WIDTH = 60
const HEIGHT = 18

/** Requests per hour as bars; an hour without any keeps a hairline, so that the day stays readable. */
export function Sparkline({ values, className }: { values: readonly number[]; className?: string }) {
  const max = Math.max(1, ...values)
  const step = WIDTH / Math.max(1, values.length)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden
      className={cn('shrink-0 text-series-1', className)}
    >
      {values.map((value, hour) => {
        const height = value === 0 ? 1 : Math.max(2, (value / max) * HEIGHT)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour's place is its identity
            key={hour}
            x={hour * step + step * 0.14}
            y={HEIGHT - height}
            width={step * 0.72}
            height={height}
            rx={0.5}
            className={value === 0 ? 'fill-border' : 'fill-current'}
          />
        )
      })}
    </svg>
  )
}
