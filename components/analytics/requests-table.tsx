'use client'

import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import type { RecordsInput } from '@/lib/domain/analytics/inputs'
import type { RequestRecordPage } from '@/lib/domain/analytics/view'
import { formatMs, formatValue } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'
import { FilterSelect } from './filter-select'
import { RequestRows } from './request-rows'

type Props = {
  page: RequestRecordPage | undefined
  /** What the page was asked for with. */
  input: RecordsInput
  zone: Zone
  filter: Filter
  onFilter: (change: Partial<Filter>) => void
}
type Filter = { status: string | null; slowest: boolean; min: number | null }

const DURATIONS_MS = [10, 100, 500, 1_000, 5_000, 30_000]
const STATUS_FILTERS = ['2xx', '4xx', '5xx'] as const

/** Single requests; a row opens its whole record, which leads to the container's log lines of that request. */
export function RequestsTable({ page, input, zone, filter, onFilter }: Props) {
  const { status, slowest } = filter
  return (
    <Card className="grid min-w-0 gap-2 p-3" aria-label="Single requests">
      <header className="flex flex-wrap items-center gap-2">
        <div className="mr-auto">
          <h2 className="font-medium text-sm">Single requests</h2>
          <p className="text-muted-foreground text-xs">
            {page ? keptText(page, zone) : 'Reading…'} Bodies are never stored.
          </p>
        </div>
        <ToggleGroup
          type="single"
          aria-label="Status"
          value={status ?? 'all'}
          onValueChange={value => onFilter({ status: !value || value === 'all' ? null : value })}
        >
          <ToggleGroupItem value="all">All</ToggleGroupItem>
          {STATUS_FILTERS.map(key => (
            <ToggleGroupItem key={key} value={key}>
              {key}
            </ToggleGroupItem>
          ))}
        </ToggleGroup>
        <DurationFilter min={filter.min} onChange={min => onFilter({ min })} />
        <ToggleGroup
          type="single"
          aria-label="Order"
          value={slowest ? 'slowest' : 'newest'}
          onValueChange={value => value && onFilter({ slowest: value === 'slowest' })}
        >
          <ToggleGroupItem value="newest">Newest</ToggleGroupItem>
          <ToggleGroupItem value="slowest">Slowest</ToggleGroupItem>
        </ToggleGroup>
      </header>
      {page === undefined ? (
        <Skeleton className="h-40" />
      ) : page.records.length === 0 ? (
        <p className="rounded-md border border-dashed py-8 text-center text-muted-foreground text-xs">
          {page.seen === 0
            ? 'No requests in this window yet. The Overview has a line to call the endpoint with.'
            : 'No kept request matches these filters.'}
        </p>
      ) : (
        <RequestRows key={JSON.stringify(input)} newest={page} input={input} zone={zone} />
      )}
    </Card>
  )
}

const DurationFilter = ({
  min,
  onChange,
}: {
  min: number | null
  onChange: (min: number | null) => void
}) => (
  <FilterSelect
    label="Duration"
    all="Any duration"
    value={min === null ? null : String(min)}
    options={DURATIONS_MS.map(ms => ({ value: String(ms), label: `${formatMs(ms)} or longer` }))}
    onChange={value => onChange(value === null ? null : Number(value))}
  />
)

/** "100 of 8,412 kept": what is not kept is counted and said. */
function keptText(page: RequestRecordPage, zone: Zone): string {
  if (page.seen === 0) return 'Every request up to 200 in 10 s is kept, of more a sample.'
  const [kept, seen] = [formatValue('count', page.kept), formatValue('count', page.seen)]
  if (page.kept >= page.seen) return `All ${seen} kept.`
  if (page.kept === 0) return `None of these ${seen} is kept any more.`
  const since = page.keptSince ? `, none from before ${formatExact(Date.parse(page.keptSince), zone)}` : ''
  return `${kept} of ${seen} kept: a sample, the slowest, and errors${since}.`
}
