'use client'

import { MinusIcon, XIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import type { ReplicaLook } from '../use-log-head'
import type { LogParams } from '../use-log-params'
import { describeValue } from './describe-value'
import { chipsOf } from './log-value'

/** What is asked for and what is left out, each with a way to take it back. */
export function Chips({ log, looks }: { log: LogParams; looks: ReadonlyMap<string, ReplicaLook> }) {
  const chips = chipsOf(log.written)
  if (chips.length === 0) return null
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-1 border-b px-2 py-1">
      {chips.map(chip => {
        const name = describeValue(chip, looks)
        return (
          <li key={`${chip.isExcluded}${chip.field}${chip.value}`}>
            <Button
              size="sm"
              variant="secondary"
              onClick={() => log.setFilter(chip.clear)}
              aria-label={`Remove filter: ${chip.isExcluded ? 'not ' : ''}${name}`}
              className={cn('h-6 gap-1 px-1.5 font-normal text-xs', chip.isExcluded && 'text-state-bad')}
            >
              {chip.isExcluded && (
                <>
                  <MinusIcon aria-hidden />
                  Not
                </>
              )}
              <span className="max-w-64 truncate">{name}</span>
              <XIcon aria-hidden />
            </Button>
          </li>
        )
      })}
      <li>
        <Button
          size="sm"
          variant="ghost"
          className="h-6 px-1.5 font-normal text-xs"
          onClick={log.clearFilter}
        >
          Clear all
        </Button>
      </li>
    </ul>
  )
}
