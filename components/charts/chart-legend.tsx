import type { PreparedSeries } from '@/lib/domain/analytics/prepared'

type Props = {
  series: readonly PreparedSeries[]
  hidden: ReadonlySet<string>
  onToggle: (key: string) => void
}

/** Each series is a button that hides and shows it. */
export function ChartLegend({ series, hidden, onToggle }: Props) {
  return (
    <ul className="flex flex-wrap gap-x-1 gap-y-0.5">
      {series.map(entry => (
        <li key={entry.key}>
          <button
            type="button"
            aria-pressed={!hidden.has(entry.key)}
            onClick={() => onToggle(entry.key)}
            className="flex items-center gap-1.5 rounded px-1.5 py-0.5 text-muted-foreground text-xs hover:bg-muted hover:text-foreground aria-[pressed=false]:line-through aria-[pressed=false]:opacity-60"
          >
            {entry.dashed ? (
              <span className="w-2.5 border-t-2 border-dashed" style={{ borderColor: entry.color }} />
            ) : (
              <span className="size-2 rounded-[2px]" style={{ background: entry.color }} />
            )}
            {entry.label}
          </button>
        </li>
      ))}
    </ul>
  )
}
