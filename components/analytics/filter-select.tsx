import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '@/components/ui/select'

const ALL = 'all'

type Props = {
  label: string
  /** What choosing nothing says. */
  all: string
  value: string | null
  options: { value: string; label: string }[]
  onChange: (value: string | null) => void
}

export function FilterSelect({ label, all, value, options, onChange }: Props) {
  return (
    <Select value={value ?? ALL} onValueChange={next => onChange(next === ALL ? null : next)}>
      <SelectTrigger size="sm" aria-label={label}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={ALL}>{all}</SelectItem>
        {options.map(option => (
          <SelectItem key={option.value} value={option.value}>
            {option.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  )
}
