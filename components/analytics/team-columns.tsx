import type { Column } from '@/components/data-table/column'
import { HoverLink } from '@/components/layout/hover-link'
import type { RangeKey } from '@/lib/domain/analytics/range'
import type { TeamSort } from '@/lib/domain/analytics/team'
import type { EndpointFigures } from '@/lib/domain/analytics/team-view'
import { formatMs, formatShare, formatValue } from '@/lib/domain/format/measure'
import { formatUsd, NO_PRICE } from '@/lib/domain/format/money'
import { routes } from '@/lib/routes'

const quiet = (text: string) => <span className="text-muted-foreground">{text}</span>
const NONE = '–'
/** `1.4 min`, `12.3 h`. */
const hours = (value: number) =>
  value > 0 && value < 1 ? `${Number((value * 60).toPrecision(2))} min` : `${Number(value.toPrecision(3))} h`

const numeric = { align: 'right', firstDirection: 'desc', className: 'tabular-nums' } as const

/** One row per endpoint; its name leads to its own charts over the same range. */
export const teamColumns = (team: string, range: RangeKey): Column<EndpointFigures, TeamSort>[] => [
  {
    key: 'name',
    header: 'Endpoint',
    sort: 'name',
    isTitle: true,
    cell: row => (
      <HoverLink
        href={routes.endpoint(team, row.isDeleted ? row.id : row.name, 'analytics', { range })}
        className="font-medium after:absolute after:inset-0 hover:text-primary focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
      >
        {row.name}
        {row.isDeleted && <span className="font-normal text-muted-foreground"> (deleted)</span>}
      </HoverLink>
    ),
  },
  {
    ...numeric,
    key: 'requests',
    header: 'Requests',
    sort: 'requests',
    cell: row => formatValue('count', row.requests),
  },
  {
    ...numeric,
    key: 'errors',
    header: 'Error share',
    sort: 'errors',
    cell: row => (row.errorShare === null ? quiet(NONE) : formatShare(row.errorShare)),
  },
  {
    ...numeric,
    key: 'p95',
    header: 'p95',
    sort: 'p95',
    cell: row => (row.p95Ms === null ? quiet(NONE) : formatMs(row.p95Ms)),
  },
  {
    ...numeric,
    key: 'cost',
    header: 'Cost',
    sort: 'cost',
    cell: row =>
      row.costUsd === null ? (
        quiet(NO_PRICE)
      ) : (
        <>
          {formatUsd(row.costUsd)}
          {row.unpricedHours > 0 && quiet(` + ${hours(row.unpricedHours)} without a price`)}
        </>
      ),
  },
  {
    ...numeric,
    key: 'costPer1000',
    header: 'Per 1,000 requests',
    sort: 'costPer1000',
    cell: row =>
      row.costPer1000Usd === null
        ? quiet(row.costUsd === null ? NO_PRICE : NONE)
        : formatUsd(row.costPer1000Usd),
  },
  {
    ...numeric,
    key: 'idle',
    header: 'Idle replica hours',
    sort: 'idle',
    cell: row => hours(row.idleHours),
  },
]
