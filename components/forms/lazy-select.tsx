'use client'

import { ChevronDownIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import {
  Select,
  SelectOptions,
  SelectTrigger,
  SelectValue,
  selectTriggerClasses,
} from '@/components/ui/select'

type Props = {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}

const KEYS = ['ArrowDown', 'ArrowUp']

/**
 * A small select that is only a button until somebody opens it: the whole one makes every option of its list,
 * unseen, with the page.
 */
export function LazySelect({ label, value, options, onChange }: Props) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <SelectFace label={label} onOpen={() => setAsked(true)}>
        {options.find(option => option.value === value)?.label}
      </SelectFace>
    )
  return (
    <Select value={value} onValueChange={onChange} defaultOpen>
      <SelectTrigger size="sm" aria-label={label}>
        <SelectValue />
      </SelectTrigger>
      <SelectOptions options={options} />
    </Select>
  )
}

type FaceProps = { label: string; onOpen: () => void; children: ReactNode }

/** Looks and answers as the closed select does. */
const SelectFace = ({ label, onOpen, children }: FaceProps) => (
  <button
    type="button"
    role="combobox"
    aria-label={label}
    aria-expanded={false}
    aria-haspopup="listbox"
    className={selectTriggerClasses('sm')}
    onClick={onOpen}
    onKeyDown={event => {
      if (!KEYS.includes(event.key)) return
      event.preventDefault()
      onOpen()
    }}
  >
    <span>{children}</span>
    <ChevronDownIcon className="size-3.5 shrink-0 text-muted-foreground" aria-hidden />
  </button>
)
