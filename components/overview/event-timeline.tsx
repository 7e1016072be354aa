'use client'

import { RelativeTime } from '@/components/feedback/relative-time'
import { TONE_DOT } from '@/components/feedback/tone'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { useResource } from '@/lib/client/use-resource'
import { isInFlight } from '@/lib/domain/endpoint/display-state'
import { EVENT_TONE } from '@/lib/domain/endpoint/event-tone'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { endpointEvents } from '@/lib/queries/endpoints'

const SHOWN = 50

type Props = { team: string; endpointRef: string; endpoint: EndpointDetail }

/** What happened, by whom and why; newest first, live while something is on its way. */
export function EventTimeline({ team, endpointRef, endpoint }: Props) {
  const { data } = useResource(
    endpointEvents,
    { team, endpoint: endpointRef, limit: SHOWN },
    { pollMs: () => (isInFlight(endpoint) ? 1_500 : 15_000) },
  )
  return (
    <Card aria-label="Timeline">
      <CardHeader>
        <CardTitle>Timeline</CardTitle>
      </CardHeader>
      <ol className="grid gap-3 p-4">
        {data.items.map(event => (
          <li key={event.id} className="grid grid-cols-[0.5rem_minmax(0,1fr)] gap-3">
            <span
              className={cn('mt-1.5 size-2 rounded-full', TONE_DOT[EVENT_TONE[event.kind]])}
              aria-hidden
            />
            <div className="min-w-0">
              <p className="line-clamp-4 whitespace-pre-wrap break-words">{event.message}</p>
              <p className="text-muted-foreground text-xs">
                <RelativeTime at={event.at} />
                {event.actorKind !== 'system' && ` · ${event.actorName}`}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {data.hasMore && (
        <p className="px-4 pb-3 text-muted-foreground text-xs">The newest {SHOWN} are shown.</p>
      )}
    </Card>
  )
}
