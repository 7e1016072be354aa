'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent, SheetDescription, SheetHeader, SheetTitle } from '@/components/ui/sheet'
import type { RequestRecordView } from '@/lib/domain/analytics/view'
import { formatBytes, formatMs } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'

const REASONS: Record<RequestRecordView['reason'], string> = {
  all: 'all requests of its window were kept',
  sample: 'drawn by lot',
  slow: 'among the slowest of its window',
  error: 'it failed',
}

type Props = { record: RequestRecordView; zone: Zone; logs: string; onClose: () => void }

/** All that is kept of one request, and the way to its log lines. */
export function RequestSheet({ record, zone, logs, onClose }: Props) {
  return (
    <Sheet open onOpenChange={open => !open && onClose()}>
      <SheetContent>
        <SheetHeader>
          <SheetTitle>
            {record.method} {record.path}
          </SheetTitle>
          <SheetDescription>
            {record.status} in {formatMs(record.totalMs)}. Bodies are never stored.
          </SheetDescription>
        </SheetHeader>
        <dl className="grid gap-y-2 text-sm">
          <Row label="Request id" value={<code className="break-all text-xs">{record.requestId}</code>} />
          <Row label="Received" value={formatExact(Date.parse(record.at), zone)} />
          <Row label="Status" value={record.status} />
          {record.error && <Row label="What the gateway said" value={record.error} />}
          <Row label="Total" value={formatMs(record.totalMs)} />
          <Row
            label="Time to first byte"
            value={record.ttfbMs === null ? 'no byte was sent' : formatMs(record.ttfbMs)}
          />
          <Row label="Wait" value={formatMs(record.waitMs)} />
          <Row label="Received bytes" value={formatBytes(record.bytesIn)} />
          <Row label="Sent bytes" value={formatBytes(record.bytesOut)} />
          <Row label="Revision" value={record.revision} />
          <Row label="Replica" value={record.replicaName ?? 'none answered'} />
          <Row label="Token" value={record.token ?? 'none'} />
          <Row
            label="Kept because"
            value={`${REASONS[record.reason]}${record.weight > 1 ? `; stands for ${record.weight.toFixed(1)} requests` : ''}`}
          />
        </dl>
        <Button asChild variant="outline">
          <Link href={logs}>Log lines of this request</Link>
        </Button>
      </SheetContent>
    </Sheet>
  )
}

const Row = ({ label, value }: { label: string; value: ReactNode }) => (
  <div className="grid grid-cols-[9rem_1fr] gap-2">
    <dt className="text-muted-foreground">{label}</dt>
    <dd className="min-w-0 tabular-nums">{value}</dd>
  </div>
)
