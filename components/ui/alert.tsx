import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from './cn'

const alertVariants = cva(
  'grid w-full grid-cols-[auto_1fr] gap-x-2.5 gap-y-0.5 rounded-lg border px-3 py-2.5 text-sm [&>svg]:row-span-2 [&>svg]:mt-0.5 [&>svg]:size-4',
  {
    variants: {
      variant: {
        default: 'bg-card [&>svg]:text-muted-foreground',
        progress: 'border-state-progress/30 bg-state-progress/6 [&>svg]:text-state-progress',
        warning: 'border-state-warning/35 bg-state-warning/8 [&>svg]:text-state-warning',
        destructive: 'border-destructive/35 bg-destructive/6 [&>svg]:text-destructive',
      },
    },
    defaultVariants: { variant: 'default' },
  },
)

export function Alert({
  className,
  variant,
  role = 'status',
  ...props
}: ComponentProps<'div'> & VariantProps<typeof alertVariants>) {
  return (
    <div data-slot="alert" role={role} className={cn(alertVariants({ variant }), className)} {...props} />
  )
}

export function AlertTitle({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('col-start-2 font-medium', className)} {...props} />
}

export function AlertDescription({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      className={cn('col-start-2 text-muted-foreground text-sm [overflow-wrap:anywhere]', className)}
      {...props}
    />
  )
}
