import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** A hull on an incline: the slipway. The hull takes the accent, the ways the text colour. */
export function Mark({ className, ...props }: ComponentProps<'svg'>) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden className={cn('size-6', className)} {...props}>
      <g transform="rotate(17 12 12)">
        <path
          d="M2.4 8.4h3.4V4.6c0-.4.3-.7.7-.7h4.3c.4 0 .7.3.7.7v1.7h3.2c.4 0 .7.3.7.7v1.4h6.2l-2.9 4.9a2.6 2.6 0 0 1-2.2 1.3H7a2.6 2.6 0 0 1-2.5-1.8z"
          className="fill-primary"
        />
        <path d="M2.2 18.4h19.6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </g>
    </svg>
  )
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 font-semibold text-base tracking-tight', className)}>
      <Mark />
      Slipway
    </span>
  )
}
