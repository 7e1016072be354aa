import { LazySelect } from '@/components/forms/lazy-select'

const ALL = 'all'

type Props = {
  label: string
  /** What choosing nothing says. */
  all: string
  value: string | null
  options: { value: string; label: string }[]
  onChange: (value: string | null) => void
}

export const FilterSelect = ({ label, all, value, options, onChange }: Props) => (
  <LazySelect
    label={label}
    value={value ?? ALL}
    options={[{ value: ALL, label: all }, ...options]}
    onChange={next => onChange(next === ALL ? null : next)}
  />
)
