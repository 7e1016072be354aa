'use client'

import { requestInput } from '@/components/log-viewer/head-input'
import { Sheet, SheetContent, SheetDescription, SheetHeader, SheetTitle } from '@/components/ui/sheet'
import { useLazyResource } from '@/lib/client/use-resource'
import type { Zone } from '@/lib/domain/format/time'
import { logsOfRequest } from '@/lib/queries/logs'
import { routes } from '@/lib/routes'
import { RequestSheet } from './request-sheet'

type Props = { team: string; endpoint: string; id: string; zone: Zone; onClose: () => void }

/** The record of a request that is named in the URL: the way back from a log line, whenever the request was. */
export function NamedRequest({ team, endpoint, id, zone, onClose }: Props) {
  const { data, error } = useLazyResource(logsOfRequest, requestInput(team, endpoint, id), { enabled: true })
  const logs = routes.endpoint(team, endpoint, 'logs', { of: id })
  if (data?.record) return <RequestSheet record={data.record} zone={zone} logs={logs} onClose={onClose} />
  if (!data && !error) return null
  return (
    <Sheet open onOpenChange={open => !open && onClose()}>
      <SheetContent>
        <SheetHeader>
          <SheetTitle>No record of this request</SheetTitle>
          <SheetDescription>
            {error?.message ??
              'Of busy windows only a sample, the slowest and the failed requests are kept, and records expire with the retention; a request that came without the gateway has none.'}
          </SheetDescription>
        </SheetHeader>
        <code className="break-all text-xs">{id}</code>
      </SheetContent>
    </Sheet>
  )
}
