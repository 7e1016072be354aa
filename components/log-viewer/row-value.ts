import type { LogLine } from '@/lib/domain/logs/line'
import type { PickedValue } from './values/value-menu'

/** The property of a line that was clicked in its row; null for its text. The keyboard's way is the line's detail. */
export function rowValueAt(target: EventTarget, line: LogLine): PickedValue | null {
  const origin = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-field]') : null
  switch (origin?.dataset.field) {
    case 'level':
      return { value: { field: 'level', value: line.level ?? 'none' }, origin }
    case 'replica':
      return { value: { field: 'replica', value: line.replicaId }, origin }
    default:
      return null
  }
}
