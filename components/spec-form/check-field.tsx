'use client'

import { type ReactNode, useId } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { Label } from '@/components/ui/label'

type Props = {
  label: string
  description: ReactNode
  isChecked: boolean
  error?: string | undefined
  onChange: (isChecked: boolean) => void
  /** Shown while it is checked. */
  children?: ReactNode
}

/** A wish with a sentence about it, and what belongs to it. */
export function CheckField({ label, description, isChecked, error, onChange, children }: Props) {
  const id = useId()
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 gap-y-1">
      <Checkbox
        id={id}
        className="mt-0.5"
        checked={isChecked}
        aria-describedby={`${id}-help`}
        onCheckedChange={checked => onChange(checked === true)}
      />
      <Label htmlFor={id}>{label}</Label>
      <p id={`${id}-help`} className="col-start-2 text-muted-foreground text-xs">
        {description}
      </p>
      {error && (
        <p role="alert" className="col-start-2 text-destructive text-xs">
          {error}
        </p>
      )}
      {isChecked && children && <div className="col-start-2 grid gap-4 pt-2">{children}</div>}
    </div>
  )
}
