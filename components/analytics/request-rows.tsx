'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { RecordsInput } from '@/lib/domain/analytics/inputs'
import { CLASSES, classOf } from '@/lib/domain/analytics/prepare-requests'
import type { RequestRecordPage, RequestRecordView } from '@/lib/domain/analytics/view'
import { formatBytes, formatMs } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'
import { analyticsRecords } from '@/lib/queries/analytics'
import { browserTransport } from '@/lib/queries/transport'
import { routes } from '@/lib/routes'

const RequestSheet = dynamic(() => import('./request-sheet').then(module => module.RequestSheet), {
  ssr: false,
})

type Props = { newest: RequestRecordPage; input: RecordsInput; zone: Zone }

const colorOf = (status: number) => CLASSES.find(entry => entry.key === classOf(status))?.color

/** The rows, as far back as somebody reads; one opens the request's whole record. */
export function RequestRows({ newest, input, zone }: Props) {
  const [opened, setOpened] = useState<RequestRecordView | null>(null)
  const { records, older, isHeld, letGo } = useOlder(newest, input)
  return (
    <>
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
          {records.map(record => (
            <RecordRow
              key={`${record.at}${record.requestId}`}
              record={record}
              zone={zone}
              onOpen={() => setOpened(record)}
            />
          ))}
        </TableBody>
      </Table>
      <footer className="flex flex-wrap items-center gap-2 text-muted-foreground text-xs">
        <span className="tabular-nums">{records.length} listed.</span>
        {older.hasMore && (
          <Button variant="outline" size="sm" disabled={older.isReading} onClick={older.show}>
            Show older
          </Button>
        )}
        {isHeld && (
          <Button variant="ghost" size="sm" onClick={letGo}>
            Back to the newest
          </Button>
        )}
      </footer>
      {older.error !== undefined && (
        <p role="alert" className="text-state-bad text-xs">
          {older.error} Choose “Show older” to try again.
        </p>
      )}
      {opened && (
        <RequestSheet
          record={opened}
          zone={zone}
          logs={routes.endpoint(input.team, input.endpoint, 'logs', { of: opened.requestId })}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  )
}

/** While older rows are shown the newest stay as they were: rows that move on would be missing in between. */
function useOlder(newest: RequestRecordPage, input: RecordsInput) {
  const [held, setHeld] = useState<RequestRecordPage | null>(null)
  const cursor = held?.nextCursor ?? ''
  const query = useInfiniteQuery({
    queryKey: [analyticsRecords.name, input, 'before', cursor],
    queryFn: ({ pageParam, signal }) =>
      browserTransport(analyticsRecords, { ...input, before: pageParam }, signal),
    initialPageParam: cursor,
    getNextPageParam: last => last.nextCursor,
    enabled: held !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const first = held ?? newest
  return {
    records: [...first.records, ...(query.data?.pages.flatMap(page => page.records) ?? [])],
    older: {
      hasMore: held === null ? newest.nextCursor !== null : query.isError || query.hasNextPage,
      isReading: query.isFetching,
      error: query.error?.message,
      show: () => {
        if (held === null) setHeld(newest)
        else if (query.data === undefined) void query.refetch()
        else void query.fetchNextPage()
      },
    },
    isHeld: held !== null,
    letGo: () => setHeld(null),
  }
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
