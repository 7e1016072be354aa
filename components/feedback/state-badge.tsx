'use client'

import { cn } from '@/components/ui/cn'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import type { DisplayState } from '@/lib/domain/endpoint/display-state'
import { StateDot } from './state-dot'
import { TONE_TEXT } from './tone'

/** Dot, word, and a sentence on hover. */
export function StateBadge({ state, className }: { state: DisplayState; className?: string }) {
  return (
    <Tooltip>
      <TooltipTrigger asChild>
        <span
          className={cn(
            'inline-flex items-center gap-1.5 whitespace-nowrap align-middle font-medium text-xs',
            TONE_TEXT[state.tone],
            className,
          )}
        >
          <StateDot tone={state.tone} />
          {state.label}
        </span>
      </TooltipTrigger>
      <TooltipContent>{state.help}</TooltipContent>
    </Tooltip>
  )
}
