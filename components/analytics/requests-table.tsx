'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { CLASSES, classOf } from '@/lib/domain/analytics/prepare-requests'
import type { RequestRecordPage, RequestRecordView } from '@/lib/domain/analytics/view'
import { formatBytes, formatMs, formatValue } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'
import { routes } from '@/lib/routes'

const RequestSheet = dynamic(() => import('./request-sheet').then(module => module.RequestSheet), {
  ssr: false,
})

type Props = {
  page: RequestRecordPage | undefined
  team: string
  endpoint: string
  zone: Zone
  filter: Filter
  onFilter: (change: Partial<Filter>) => void
}
type Filter = { status: string | null; slowest: boolean; min: number | null }

const ANY = 'any'
const DURATIONS_MS = [10, 100, 500, 1_000, 5_000, 30_000]
const STATUS_FILTERS = ['2xx', '4xx', '5xx'] as const
const colorOf = (status: number) => CLASSES.find(entry => entry.key === classOf(status))?.color

/** Single requests; a row opens its whole record, which leads to the container's log lines of that request. */
export function RequestsTable({ page, team, endpoint, zone, filter, onFilter }: Props) {
  const { status, slowest } = filter
  const [opened, setOpened] = useState<RequestRecordView | null>(null)
  return (
    <Card className="grid min-w-0 gap-2 p-3" aria-label="Single requests">
      <header className="flex flex-wrap items-center gap-2">
        <div className="mr-auto">
          <h2 className="font-medium text-sm">Single requests</h2>
          <p className="text-muted-foreground text-xs">
            {page ? keptText(page) : 'Reading…'} Bodies are never stored.
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
        <Table label="Requests that were kept">
          <TableHeader>
            <TableRow>
              <TableHead>Time</TableHead>
              <TableHead>Status</TableHead>
              <TableHead>Request</TableHead>
              <TableHead className="text-right">Total</TableHead>
              <TableHead className="text-right">First byte</TableHead>
              <TableHead className="text-right">Wait</TableHead>
              <TableHead className="text-right">Sent</TableHead>
              <TableHead>Replica</TableHead>
              <TableHead>Token</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {page.records.map(record => (
              <RecordRow
                key={`${record.at}${record.requestId}`}
                record={record}
                zone={zone}
                onOpen={() => setOpened(record)}
              />
            ))}
          </TableBody>
        </Table>
      )}
      {opened && (
        <RequestSheet
          record={opened}
          zone={zone}
          logs={routes.endpoint(team, endpoint, 'logs', { of: opened.requestId })}
          onClose={() => setOpened(null)}
        />
      )}
    </Card>
  )
}

function DurationFilter({ min, onChange }: { min: number | null; onChange: (min: number | null) => void }) {
  return (
    <Select
      value={min === null ? ANY : String(min)}
      onValueChange={value => onChange(value === ANY ? null : Number(value))}
    >
      <SelectTrigger size="sm" aria-label="Duration">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={ANY}>Any duration</SelectItem>
        {DURATIONS_MS.map(ms => (
          <SelectItem key={ms} value={String(ms)}>
            {formatMs(ms)} or longer
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  )
}

/** "100 of 8,412 kept": what is not kept is counted and said. */
function keptText(page: RequestRecordPage): string {
  if (page.seen === 0) return 'Every request up to 200 in 10 s is kept, of more a sample.'
  const [kept, seen] = [formatValue('count', page.kept), formatValue('count', page.seen)]
  return page.kept >= page.seen
    ? `All ${seen} kept.`
    : `${kept} of ${seen} kept: a sample, the slowest, and errors.`
}

function RecordRow({ record, zone, onOpen }: { record: RequestRecordView; zone: Zone; onOpen: () => void }) {
  return (
    <TableRow className="relative tabular-nums">
      <TableCell className="whitespace-nowrap">
        <button
          type="button"
          onClick={onOpen}
          className="after:absolute after:inset-0 hover:text-primary focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring"
        >
          {formatExact(Date.parse(record.at), zone)}
          <span className="sr-only">: all of request {record.requestId}</span>
        </button>
      </TableCell>
      <TableCell>
        <Badge variant="outline" className="gap-1.5" title={record.error ?? undefined}>
          <span className="size-2 rounded-full" style={{ background: colorOf(record.status) }} />
          {record.status}
        </Badge>
      </TableCell>
      <TableCell
        className="max-w-56 truncate font-mono text-xs"
        title={`${record.method} ${record.path} ${record.requestId}`}
      >
        {record.method} {record.path}
      </TableCell>
      <TableCell className="text-right">{formatMs(record.totalMs)}</TableCell>
      <TableCell className="text-right">{record.ttfbMs === null ? '–' : formatMs(record.ttfbMs)}</TableCell>
      <TableCell className="text-right">{formatMs(record.waitMs)}</TableCell>
      <TableCell className="text-right">{formatBytes(record.bytesOut)}</TableCell>
      <TableCell className="font-mono text-xs">{record.replicaName ?? '–'}</TableCell>
      <TableCell className="max-w-32 truncate">{record.token ?? 'none'}</TableCell>
    </TableRow>
  )
}
