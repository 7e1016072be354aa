'use client'

import { cn } from '@/components/ui/cn'
import { useSecond } from '@/lib/client/use-now'
import { formatElapsed } from '@/lib/domain/format/time'
import { clockTime, exactTime, type TimeLook, zoneOf } from './format-time'

type Props = { timeMs: number; look: TimeLook; isRepeat: boolean }

/** When a line was written; the whole moment on hover. Lines that continue another repeat nothing. */
export function LineTime({ timeMs, look, isRepeat }: Props) {
  return (
    <time
      dateTime={new Date(timeMs).toISOString()}
      title={exactTime(timeMs, zoneOf(look))}
      className={cn(
        'mr-2 shrink-0 select-none whitespace-pre text-muted-foreground',
        isRepeat && 'opacity-0',
        // Narrow screens have no room for milliseconds.
        look === 'ago' ? 'w-[8em] text-right' : 'max-md:w-[8ch] max-md:overflow-hidden',
      )}
    >
      {look === 'ago' ? <Ago timeMs={timeMs} /> : clockTime(timeMs, look)}
    </time>
  )
}

const Ago = ({ timeMs }: { timeMs: number }) => formatElapsed(useSecond() - timeMs)
