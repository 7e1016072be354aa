import type { Tone } from '@/lib/domain/endpoint/state'

/** One colour per tone, wherever a state is drawn. Whole class names: Tailwind finds them by reading. */
export const TONE_TEXT: Record<Tone, string> = {
  good: 'text-state-good',
  progress: 'text-state-progress',
  warning: 'text-state-warning',
  bad: 'text-state-bad',
  idle: 'text-state-idle',
  neutral: 'text-state-neutral',
}

export const TONE_DOT: Record<Tone, string> = {
  good: 'bg-state-good',
  progress: 'bg-state-progress',
  warning: 'bg-state-warning',
  bad: 'bg-state-bad',
  idle: 'bg-state-idle',
  neutral: 'bg-state-neutral',
}
