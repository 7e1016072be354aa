import { type ComponentProps, useId } from 'react'
import { Field, FieldInput } from '@/components/ui/field'
import { MONO } from './connection-frame'

type Props = ComponentProps<'input'> & {
  description: string
  error: string | undefined
  /** Names by code; others may be entered as well. */
  regions: Readonly<Record<string, string>>
}

/** A region by its code, with those that are known to choose from. */
export function RegionField({ description, error, regions, ...input }: Props) {
  const list = useId()
  return (
    <Field label="Region" description={description} error={error}>
      <FieldInput {...input} {...MONO} list={list} />
      <datalist id={list}>
        {Object.entries(regions).map(([code, label]) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </datalist>
    </Field>
  )
}
