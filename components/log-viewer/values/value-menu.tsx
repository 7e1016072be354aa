'use client'

import { CopyIcon, FilterIcon, FilterXIcon } from 'lucide-react'
import { useRef } from 'react'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { useCopy } from '@/lib/client/use-copy'
import type { ReplicaLook } from '../use-log-head'
import type { LogParams } from '../use-log-params'
import { describeValue } from './describe-value'
import { excludeThis, type LogValue, onlyThis } from './log-value'

/** A value that was pointed at, and the element that shows it: the menu stands there and gives the focus back. */
export type PickedValue = { value: LogValue; origin: HTMLElement }

type Props = {
  picked: PickedValue
  log: LogParams
  looks: ReadonlyMap<string, ReplicaLook>
  onClose: () => void
}

/** What can be done with a value: one menu for every place that shows one. */
export function ValueMenu({ picked, log, looks, onClose }: Props) {
  const { copy } = useCopy()
  const { value, origin } = picked
  // Once: the element may be drawn anew, or gone, while the menu is open.
  const place = useRef(origin.getBoundingClientRect())
  const { left, top, width, height } = place.current
  return (
    <DropdownMenu open onOpenChange={open => !open && onClose()}>
      <DropdownMenuTrigger asChild>
        <span className="pointer-events-none fixed" style={{ left, top, width, height }} aria-hidden />
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align="start"
        className="max-w-80"
        aria-label={describeValue(value, looks)}
        onCloseAutoFocus={event => {
          event.preventDefault()
          if (origin.isConnected) origin.focus({ preventScroll: true })
        }}
      >
        <DropdownMenuLabel className="truncate font-mono">{describeValue(value, looks)}</DropdownMenuLabel>
        <DropdownMenuItem onSelect={() => log.narrow(onlyThis(log.written, value))}>
          <FilterIcon aria-hidden />
          Only this
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => log.setFilter(excludeThis(log.written, value))}>
          <FilterXIcon aria-hidden />
          Exclude this
        </DropdownMenuItem>
        <DropdownMenuItem
          onSelect={() =>
            void copy(value.field === 'replica' ? (looks.get(value.value)?.name ?? value.value) : value.value)
          }
        >
          <CopyIcon aria-hidden />
          Copy
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
