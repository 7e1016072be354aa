import type { ComponentProps } from 'react'
import { cn } from './cn'

/** 16 px on phones: below that iOS zooms the page when a field gets the focus. */
export const inputClasses =
  'w-full min-w-0 rounded-md border border-input bg-card px-2.5 text-base max-md:text-[1rem] md:text-sm shadow-xs outline-none transition-[border-color,box-shadow] placeholder:text-muted-foreground/80 focus-visible:border-ring focus-visible:ring-2 focus-visible:ring-ring/35 disabled:cursor-not-allowed disabled:bg-muted disabled:text-muted-foreground aria-invalid:border-destructive aria-invalid:ring-destructive/25'

export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return (
    <input
      type={type}
      data-slot="input"
      className={cn(
        inputClasses,
        'h-8 py-1 file:mr-2 file:border-0 file:bg-transparent file:font-medium file:text-sm',
        className,
      )}
      {...props}
    />
  )
}
