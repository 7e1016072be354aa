'use client'

import { ClockIcon, FingerprintIcon, SearchXIcon } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { formatMs } from '@/lib/domain/format/measure'
import type { RequestLines } from '@/lib/domain/logs/request-lines'

type Props = { id: string; lines: RequestLines; record: string; onClear: () => void }

/** Whose lines these are, and how they were found: by the request's id, or only by its replica and time. */
export function RequestBanner({ id, lines, record, onClear }: Props) {
  return (
    <section
      aria-label="Request"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b bg-primary/6 px-3 py-1.5 text-xs"
    >
      <How lines={lines} id={<code className="break-all">{id}</code>} />
      {lines.record && (
        <span className="text-muted-foreground tabular-nums">
          {lines.record.method} {lines.record.path}, {lines.record.status} in {formatMs(lines.record.totalMs)}
        </span>
      )}
      <span className="ml-auto flex gap-1">
        {lines.record && (
          <Button size="sm" variant="ghost" asChild>
            <Link href={record}>Request’s record</Link>
          </Button>
        )}
        <Button size="sm" variant="ghost" onClick={onClear}>
          Show all lines
        </Button>
      </span>
    </section>
  )
}

function How({ lines, id }: { lines: RequestLines; id: ReactNode }) {
  switch (lines.found) {
    case 'id':
      return (
        <Statement icon={<FingerprintIcon className="text-primary" aria-hidden />}>
          Lines that carry the id {id}
        </Statement>
      )
    case 'time':
      return (
        <Statement icon={<ClockIcon className="text-state-warning" aria-hidden />}>
          No line carries the id {id}. These are the lines of replica{' '}
          <code>{lines.record?.replicaName ?? 'without a name'}</code> while the request ran, one second on
          either side; other requests’ lines may be among them
        </Statement>
      )
    case 'none':
      return (
        <Statement icon={<SearchXIcon className="text-state-warning" aria-hidden />}>
          No kept line carries the id {id},{' '}
          {lines.record
            ? 'and its replica wrote none while the request ran'
            : 'and no record of the request was kept'}
          {lines.isPart && '; the log could not be searched to its end in time'}
        </Statement>
      )
  }
}

const Statement = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <p className="flex min-w-0 items-start gap-2 [&_svg]:mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0">
    {icon}
    <span>{children}</span>
  </p>
)
