import { type ReactNode, useId } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { Label } from '@/components/ui/label'

type Props = {
  field: { value: boolean; onChange: (value: boolean) => void }
  error: string | undefined
  children: ReactNode
}

/** Credentials of the machine instead of the team's own. */
export function AmbientChoice({ field, error, children }: Props) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <span className="flex items-center gap-2">
        <Checkbox
          id={id}
          checked={field.value}
          onCheckedChange={checked => field.onChange(checked === true)}
        />
        <Label htmlFor={id}>Use the credentials of this machine</Label>
      </span>
      <p className="text-muted-foreground text-xs">{children}</p>
      {error && (
        <p role="alert" className="text-destructive text-xs">
          {error}
        </p>
      )}
    </div>
  )
}
