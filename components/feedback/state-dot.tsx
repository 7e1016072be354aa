import { cn } from '@/components/ui/cn'
import type { Tone } from '@/lib/domain/endpoint/state'
import { TONE_DOT, TONE_TEXT } from './tone'

/** Shape and colour: full is settled, half is on its way, a ring is at rest, so that colour never speaks alone. */
export function StateDot({
  tone,
  isStill = false,
  className,
}: {
  tone: Tone
  /** What lies in the past does not pulse. */
  isStill?: boolean
  className?: string
}) {
  const shape = 'relative inline-flex size-2 shrink-0 rounded-full'
  if (tone === 'progress')
    return (
      <span aria-hidden className={cn(shape, TONE_TEXT[tone], className)}>
        {!isStill && (
          <span className="absolute inset-0 animate-ping rounded-full bg-current opacity-40 motion-reduce:hidden" />
        )}
        <span className="absolute inset-0 rounded-full border-[1.5px] border-current bg-[linear-gradient(90deg,currentColor_50%,transparent_50%)]" />
      </span>
    )
  if (tone === 'idle' || tone === 'neutral')
    return (
      <span aria-hidden className={cn(shape, TONE_TEXT[tone], 'border-[1.5px] border-current', className)} />
    )
  return (
    <span
      aria-hidden
      className={cn(shape, TONE_DOT[tone], tone === 'bad' && 'rotate-45 rounded-[1px]', className)}
    />
  )
}
