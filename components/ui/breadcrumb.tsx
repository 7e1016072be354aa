import { ChevronRightIcon } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

export function Breadcrumb(props: ComponentProps<'nav'>) {
  return <nav aria-label="Breadcrumb" {...props} />
}

export function BreadcrumbList({ className, ...props }: ComponentProps<'ol'>) {
  return (
    <ol
      className={cn('flex min-w-0 items-center gap-1 text-muted-foreground text-sm', className)}
      {...props}
    />
  )
}

export function BreadcrumbItem({ className, ...props }: ComponentProps<'li'>) {
  return <li className={cn('flex min-w-0 items-center gap-1', className)} {...props} />
}

export function BreadcrumbLink({
  asChild,
  className,
  ...props
}: ComponentProps<'a'> & { asChild?: boolean }) {
  const Component = asChild ? Slot.Root : 'a'
  return (
    <Component
      className={cn('truncate rounded-sm transition-colors hover:text-foreground', className)}
      {...props}
    />
  )
}

export function BreadcrumbPage({ className, ...props }: ComponentProps<'span'>) {
  return (
    <span aria-current="page" className={cn('truncate font-medium text-foreground', className)} {...props} />
  )
}

export function BreadcrumbSeparator() {
  return (
    <li aria-hidden className="flex shrink-0 text-muted-foreground/70">
      <ChevronRightIcon className="size-3.5" />
    </li>
  )
}
