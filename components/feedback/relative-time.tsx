'use client'

import { cn } from '@/components/ui/cn'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import { useNow } from '@/lib/client/use-now'
import { formatMoment, formatRelative } from '@/lib/domain/format/time'

/** `3 min ago`, with the exact moment on hover and focus. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow()
  const ms = Date.parse(at)
  return (
    <Tooltip>
      <TooltipTrigger asChild>
        <time dateTime={at} className={cn('whitespace-nowrap', className)} suppressHydrationWarning>
          {formatRelative(ms, now)}
        </time>
      </TooltipTrigger>
      <TooltipContent>{formatMoment(new Date(ms))}</TooltipContent>
    </Tooltip>
  )
}
