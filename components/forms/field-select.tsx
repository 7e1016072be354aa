'use client'

import { useFieldControl } from '@/components/ui/field'
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '@/components/ui/select'

type Option = { value: string; label: string }

/** A select tied to the field around it. */
export function FieldSelect({
  value,
  onChange,
  options,
}: {
  value: string
  onChange: (value: string) => void
  options: readonly Option[]
}) {
  return (
    <Select value={value} onValueChange={onChange}>
      <SelectTrigger {...useFieldControl()} className="w-full">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {options.map(option => (
          <SelectItem key={option.value} value={option.value}>
            {option.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  )
}
