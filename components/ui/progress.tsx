'use client'

import { Progress as ProgressPrimitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** `value` in 0–100; null for work whose length is not known. */
export function Progress({ className, value, ...props }: ComponentProps<typeof ProgressPrimitive.Root>) {
  return (
    <ProgressPrimitive.Root
      value={value ?? null}
      className={cn('relative h-1.5 w-full overflow-hidden rounded-full bg-muted-foreground/15', className)}
      {...props}
    >
      <ProgressPrimitive.Indicator
        className={cn(
          'h-full rounded-full bg-primary transition-[width]',
          (value === null || value === undefined) && 'w-1/3 animate-pulse',
        )}
        style={typeof value === 'number' ? { width: `${value}%` } : undefined}
      />
    </ProgressPrimitive.Root>
  )
}
