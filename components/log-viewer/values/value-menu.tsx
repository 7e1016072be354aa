'use client'

import { CopyIcon, FilterIcon, FilterXIcon } from 'lucide-react'
import { MenuAt } from '@/components/feedback/menu-at'
import { DropdownMenuItem } from '@/components/ui/dropdown-menu'
import { useCopy } from '@/lib/client/use-copy'
import type { ReplicaLook } from '../use-log-head'
import type { LogParams } from '../use-log-params'
import { describeValue } from './describe-value'
import { excludeThis, type LogValue, onlyThis } from './log-value'

/** A value that was pointed at, and the element that shows it. */
export type PickedValue = { value: LogValue; origin: HTMLElement }

type Props = {
  picked: PickedValue
  log: LogParams
  looks: ReadonlyMap<string, ReplicaLook>
  onClose: () => void
}

/** What can be done with a value: one menu for every place that shows one. */
export function ValueMenu({ picked: { value, origin }, log, looks, onClose }: Props) {
  const { copy } = useCopy()
  const { left, top, width, height } = origin.getBoundingClientRect()
  const name = value.field === 'replica' ? (looks.get(value.value)?.name ?? value.value) : value.value
  return (
    <MenuAt
      place={{ left, top, width, height }}
      label={describeValue(value, looks)}
      origin={origin}
      onClose={onClose}
    >
      <DropdownMenuItem onSelect={() => log.narrow(onlyThis(log.written, value))}>
        <FilterIcon aria-hidden />
        Only this
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => log.setFilter(excludeThis(log.written, value))}>
        <FilterXIcon aria-hidden />
        Exclude this
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => void copy(name)}>
        <CopyIcon aria-hidden />
        Copy
      </DropdownMenuItem>
    </MenuAt>
  )
}
