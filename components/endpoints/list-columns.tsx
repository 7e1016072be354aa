import type { Column } from '@/components/data-table/column'
import { RelativeTime } from '@/components/feedback/relative-time'
import { StateBadge } from '@/components/feedback/state-badge'
import { HoverLink } from '@/components/layout/hover-link'
import { displayState } from '@/lib/domain/endpoint/display-state'
import { refOf } from '@/lib/domain/endpoint/ref'
import type { EndpointSort } from '@/lib/domain/endpoint/sort'
import { taskLabel } from '@/lib/domain/endpoint/task'
import type { EndpointSummary } from '@/lib/domain/endpoint/view'
import { formatCompactCount } from '@/lib/domain/format/count'
import { formatMs } from '@/lib/domain/format/measure'
import { formatUsdPerHour } from '@/lib/domain/format/money'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { shortInstanceLabel } from '@/lib/domain/hardware/short-label'
import { routes } from '@/lib/routes'
import { SecurityLabel } from './security-label'
import { Sparkline } from './sparkline'
import { StateNotes } from './state-notes'

/** Above the row's own link, so that hovering shows what it explains. */
const above = 'relative z-[1]'
const none = <span className="text-muted-foreground">–</span>

export const LIST_COLUMNS: readonly Column<EndpointSummary, EndpointSort>[] = [
  {
    key: 'name',
    header: 'Name',
    sort: 'name',
    isTitle: true,
    className: 'max-w-48',
    cell: endpoint => (
      <div className="min-w-0">
        <HoverLink
          href={routes.endpoint(endpoint.team, refOf(endpoint))}
          className="block truncate font-medium after:absolute after:inset-0 after:rounded-md hover:text-primary focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
        >
          {endpoint.name}
        </HoverLink>
        <p className="truncate text-muted-foreground text-xs">{endpoint.model}</p>
      </div>
    ),
  },
  {
    key: 'state',
    header: 'State',
    sort: 'state',
    cell: endpoint => (
      <div className={`${above} flex w-fit flex-col items-start gap-0.5`}>
        <StateBadge state={displayState(endpoint)} />
        <StateNotes endpoint={endpoint} />
      </div>
    ),
  },
  {
    key: 'task',
    header: 'Task',
    className: 'md:min-w-24 md:max-w-32 md:whitespace-normal md:leading-snug',
    cell: endpoint => taskLabel(endpoint.task),
  },
  {
    key: 'instance',
    header: 'Instance',
    cell: endpoint => (
      <>
        {shortInstanceLabel(endpoint)}
        <span className="block truncate text-muted-foreground text-xs">
          {PROVIDER_LABELS[endpoint.provider]}
        </span>
      </>
    ),
  },
  { key: 'security', header: 'Security', cell: endpoint => <SecurityLabel level={endpoint.security} /> },
  {
    key: 'requests',
    header: 'Requests 24 h',
    sort: 'requests',
    firstDirection: 'desc',
    align: 'right',
    cell: endpoint => (
      <span className="inline-flex items-center gap-2 align-middle md:justify-end">
        <Sparkline values={endpoint.sparkline} className="max-md:order-2" />
        <span className="min-w-9 tabular-nums md:text-right">{formatCompactCount(endpoint.requests24h)}</span>
      </span>
    ),
  },
  {
    key: 'p95',
    header: 'p95',
    sort: 'p95',
    firstDirection: 'desc',
    align: 'right',
    cell: endpoint => (endpoint.p95Ms === null ? none : formatMs(endpoint.p95Ms)),
  },
  {
    key: 'cost',
    header: 'Cost',
    sort: 'cost',
    firstDirection: 'desc',
    align: 'right',
    cell: endpoint => (
      <span className={endpoint.costUsdPerHour === null ? 'text-muted-foreground' : undefined}>
        {formatUsdPerHour(endpoint.costUsdPerHour)}
      </span>
    ),
  },
  {
    key: 'updated',
    header: 'Updated',
    sort: 'updated',
    firstDirection: 'desc',
    align: 'right',
    className: 'text-muted-foreground',
    cell: endpoint => <RelativeTime at={endpoint.removedAt ?? endpoint.updatedAt} className={above} />,
  },
]
