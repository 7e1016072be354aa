import { Fragment, type ReactNode } from 'react'
import { HoverLink } from '@/components/layout/hover-link'
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
} from '@/components/ui/breadcrumb'
import { cn } from '@/components/ui/cn'

export type Crumb = { label: string; href: string }

/**
 * The bar over every page: where this is, and what can be done here. The last word is the page's heading unless
 * the page has a larger one of its own below (`hasOwnHeading`).
 */
export function PageBar({
  crumbs = [],
  title,
  hasOwnHeading = false,
  actions,
}: {
  crumbs?: readonly Crumb[]
  title: string
  hasOwnHeading?: boolean
  actions?: ReactNode
}) {
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b bg-background px-4 py-2 md:sticky md:top-0 md:z-20 md:px-5">
      <Breadcrumb className="min-w-0 flex-1">
        <BreadcrumbList>
          {crumbs.map(crumb => (
            <Fragment key={crumb.href}>
              <BreadcrumbItem>
                <BreadcrumbLink asChild>
                  <HoverLink href={crumb.href}>{crumb.label}</HoverLink>
                </BreadcrumbLink>
              </BreadcrumbItem>
              <BreadcrumbSeparator />
            </Fragment>
          ))}
          <BreadcrumbItem>
            {hasOwnHeading ? (
              <BreadcrumbPage>{title}</BreadcrumbPage>
            ) : (
              <h1 aria-current="page" className="truncate font-semibold text-foreground text-sm">
                {title}
              </h1>
            )}
          </BreadcrumbItem>
        </BreadcrumbList>
      </Breadcrumb>
      {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </div>
  )
}

/** The page below its bar, as wide as a table can use. */
export function PageBody({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn('mx-auto w-full max-w-[90rem] px-4 py-4 md:px-5', className)}>{children}</div>
}
