'use client'

import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'

export type Choice<T> = { value: T; label: ReactNode }

type Props<T> = {
  label: string
  icon: ReactNode
  choices: readonly Choice<T>[]
  /** None chosen means all. */
  chosen: readonly T[]
  onChange: (chosen: T[]) => void
}

/** A button with a list of checkboxes; how many are on stands beside its name. */
export function FilterMenu<T extends string | number>({ label, icon, choices, chosen, onChange }: Props<T>) {
  const toggle = (value: T) =>
    onChange(chosen.includes(value) ? chosen.filter(other => other !== value) : [...chosen, value])
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline">
          {icon}
          {label}
          {chosen.length > 0 && <Badge variant="default">{chosen.length}</Badge>}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-h-80 overflow-y-auto">
        {choices.map(choice => (
          <DropdownMenuCheckboxItem
            key={choice.value}
            checked={chosen.includes(choice.value)}
            onCheckedChange={() => toggle(choice.value)}
            onSelect={event => event.preventDefault()}
          >
            {choice.label}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
