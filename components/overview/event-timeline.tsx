'use client'

import { RelativeTime } from '@/components/feedback/relative-time'
import { StateDot } from '@/components/feedback/state-dot'
import { Button } from '@/components/ui/button'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { eventTone } from '@/lib/domain/endpoint/event-tone'
import type { EndpointDetail, EventView } from '@/lib/domain/endpoint/view'
import { useEvents } from './use-events'

type Props = { team: string; endpointRef: string; endpoint: EndpointDetail }

/** What happened, by whom and why; newest first. */
export function EventTimeline({ team, endpointRef, endpoint }: Props) {
  const { events, hasOlder, showOlder, isLoadingOlder } = useEvents(team, endpointRef, endpoint)
  return (
    <Card>
      <CardHeader>
        <CardTitle>Timeline</CardTitle>
      </CardHeader>
      <ol className="px-4 pt-4 pb-1">
        {events.map(event => (
          <TimelineEntry key={event.id} event={event} />
        ))}
      </ol>
      {hasOlder && (
        <div className="px-4 pb-3">
          <Button variant="ghost" size="sm" className="-ml-2.5" disabled={isLoadingOlder} onClick={showOlder}>
            Show older
          </Button>
        </div>
      )}
    </Card>
  )
}

function TimelineEntry({ event }: { event: EventView }) {
  return (
    <li className="group relative grid grid-cols-[0.5rem_minmax(0,1fr)] gap-3 pb-3.5">
      <span aria-hidden className="absolute top-4 bottom-0 left-[3.5px] w-px bg-border group-last:hidden" />
      <StateDot tone={eventTone(event)} isStill className="mt-1.5" />
      <div className="min-w-0">
        <p className="line-clamp-4 whitespace-pre-wrap break-words">{event.message}</p>
        <p className="text-muted-foreground text-xs">
          <RelativeTime at={event.at} />
          {event.actorKind !== 'system' && ` · ${event.actorName}`}
        </p>
      </div>
    </li>
  )
}
