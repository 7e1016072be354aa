import type { Span } from './align'

/**
 * Cuts a text that is too long into windows of at most `size` tokens that overlap by `stride`, each as the span of
 * characters it covers. One window over everything when it fits.
 */
export function windowsOf(spans: readonly Span[], textLength: number, size: number, stride: number): Span[] {
  if (spans.length <= size) return [{ start: 0, end: textLength }]
  const step = Math.max(1, size - stride)
  const windows: Span[] = []
  for (let first = 0; ; first += step) {
    const last = Math.min(first + size, spans.length) - 1
    const start = spans[first]?.start ?? 0
    windows.push({ start, end: Math.max(start, spans[last]?.end ?? textLength) })
    if (last === spans.length - 1) return windows
  }
}
