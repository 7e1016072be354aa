'use client'

import { cn } from '@/components/ui/cn'
import { useSecond } from '@/lib/client/use-now'
import { formatElapsed } from '@/lib/domain/format/time'
import { exactTime, rowTime, type TimeLook, zoneOf } from './format-time'

/** Without the milliseconds, for which narrow screens have no room, by the length with them: time, with day, with year. */
const NARROW: Record<number, string> = {
  12: 'max-md:w-[8ch] max-md:overflow-hidden',
  18: 'max-md:w-[14ch] max-md:overflow-hidden',
  23: 'max-md:w-[19ch] max-md:overflow-hidden',
}

type Props = { timeMs: number; look: TimeLook; todayMs: number; isRepeat: boolean }

/** When a line was written; the whole moment on hover. Lines that continue another repeat nothing. */
export function LineTime({ timeMs, look, todayMs, isRepeat }: Props) {
  const text = look === 'ago' ? null : rowTime(timeMs, look, todayMs)
  return (
    <time
      dateTime={new Date(timeMs).toISOString()}
      title={exactTime(timeMs, zoneOf(look))}
      className={cn(
        'mr-2 shrink-0 select-none whitespace-pre text-muted-foreground',
        isRepeat && 'opacity-0',
        text === null ? 'w-[8em] text-right' : NARROW[text.length],
      )}
    >
      {text ?? <Ago timeMs={timeMs} />}
    </time>
  )
}

const Ago = ({ timeMs }: { timeMs: number }) => formatElapsed(useSecond() - timeMs)
