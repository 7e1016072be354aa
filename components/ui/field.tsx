'use client'

import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react'
import { cn } from './cn'
import { Input } from './input'
import { Label } from './label'
import { Textarea } from './textarea'

type FieldIds = { control: string; description: string; error: string; invalid: boolean; described: boolean }
const FieldContext = createContext<FieldIds | null>(null)

/**
 * Label, control, help and error of one field, tied together for assistive technology. Put `FieldControl` props
 * on the control with `useFieldControl`, or use `FieldInput` / `FieldTextarea`.
 */
export function Field({
  label,
  description,
  error,
  optional = false,
  className,
  children,
}: {
  label: ReactNode
  description?: ReactNode
  error?: string | undefined
  optional?: boolean
  className?: string
  children: ReactNode
}) {
  const id = useId()
  const ids: FieldIds = {
    control: `${id}-control`,
    description: `${id}-description`,
    error: `${id}-error`,
    invalid: Boolean(error),
    described: Boolean(description),
  }
  return (
    <FieldContext value={ids}>
      <div data-slot="field" className={cn('grid min-w-0 content-start gap-1.5', className)}>
        <Label htmlFor={ids.control} id={`${ids.control}-label`}>
          {label}
          {optional && <span className="font-normal text-muted-foreground text-xs">optional</span>}
        </Label>
        {children}
        {description && (
          <p id={ids.description} className="text-muted-foreground text-xs">
            {description}
          </p>
        )}
        {error && (
          <p id={ids.error} role="alert" className="text-destructive text-xs">
            {error}
          </p>
        )}
      </div>
    </FieldContext>
  )
}

/** Props that tie any control to the field around it. */
export function useFieldControl(): {
  id?: string
  'aria-invalid'?: true
  'aria-describedby'?: string
} {
  const ids = useContext(FieldContext)
  if (!ids) return {}
  const describedBy = [ids.described && ids.description, ids.invalid && ids.error].filter(Boolean).join(' ')
  return {
    id: ids.control,
    ...(ids.invalid ? { 'aria-invalid': true as const } : {}),
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
  }
}

export function FieldInput(props: ComponentProps<'input'>) {
  return <Input {...useFieldControl()} {...props} />
}

export function FieldTextarea(props: ComponentProps<'textarea'>) {
  return <Textarea {...useFieldControl()} {...props} />
}
