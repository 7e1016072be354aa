import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** A hull on an incline: the slipway. The hull takes the accent, the ways the text colour. */
export function Mark({ className, ...props }: ComponentProps<'svg'>) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden className={cn('size-6', className)} {...props}>
      <g transform="rotate(18 12 12)">
        <path
          d="M2.6 9.2h18.8l-2.5 4.9a2.6 2.6 0 0 1-2.3 1.4H7.9a2.6 2.6 0 0 1-2.2-1.2z"
          className="fill-primary"
        />
        <path d="M9.2 6.9V4.1h2.9v2.8M14 6.9V5.4h2.3v1.5" className="stroke-primary" strokeWidth="1.7" />
        <path d="M.8 18.9h22.4" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" />
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
