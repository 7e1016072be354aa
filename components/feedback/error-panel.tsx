import { TriangleAlertIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { CopyButton } from './copy-button'

/** What happened, what to do, and the id that whoever runs the portal can find it by. */
export function ErrorPanel({
  title,
  message,
  requestId,
  onRetry,
  action,
  className,
}: {
  title: string
  message: string
  requestId?: string | undefined
  onRetry?: () => void
  action?: ReactNode
  className?: string
}) {
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-center justify-center px-6 py-12 text-center', className)}
    >
      <span className="mb-3 grid size-10 place-items-center rounded-lg bg-destructive/10 text-destructive">
        <TriangleAlertIcon className="size-5" aria-hidden />
      </span>
      <h2 className="font-semibold text-base">{title}</h2>
      <p className="mt-1 max-w-md text-balance text-muted-foreground text-sm">{message}</p>
      {(onRetry || action) && (
        <div className="mt-4 flex flex-wrap justify-center gap-2">
          {onRetry && (
            <Button variant="outline" onClick={onRetry}>
              Try again
            </Button>
          )}
          {action}
        </div>
      )}
      {requestId && (
        <p className="mt-3 flex items-center gap-1 text-muted-foreground text-xs">
          Request <code className="font-mono">{requestId}</code>
          <CopyButton text={requestId} label="Copy request id" size="icon-xs" />
        </p>
      )}
    </div>
  )
}
