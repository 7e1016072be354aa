'use client'

import { useFieldControl } from '@/components/ui/field'
import { Select, SelectOptions, SelectTrigger, SelectValue } from '@/components/ui/select'

/** A select tied to the field around it. */
export function FieldSelect<Value extends string>({
  value,
  onChange,
  options,
}: {
  value: Value
  onChange: (value: Value) => void
  options: readonly { value: Value; label: string }[]
}) {
  return (
    <Select value={value} onValueChange={chosen => onChange(chosen as Value)}>
      <SelectTrigger {...useFieldControl()} className="w-full">
        {/* Said, not found in the list: that is there only when the page is alive. */}
        <SelectValue>{options.find(option => option.value === value)?.label}</SelectValue>
      </SelectTrigger>
      <SelectOptions options={options} />
    </Select>
  )
}
