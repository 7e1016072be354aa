import { LEVEL_LOOK } from '../level-look'
import type { ReplicaLook } from '../use-log-head'
import type { LogValue } from './log-value'

/** What a value is called on a chip and in its menu: `Level Error`, `Replica r1-1`, `“timeout”`. */
export function describeValue({ field, value }: LogValue, looks: ReadonlyMap<string, ReplicaLook>): string {
  switch (field) {
    case 'text':
      return `“${value}”`
    case 'level':
      return `Level ${Object.entries(LEVEL_LOOK).find(([level]) => level === value)?.[1].label ?? value}`
    case 'replica':
      return `Replica ${looks.get(value)?.name ?? value.slice(0, 8)}`
    case 'stream':
      return `Stream ${value}`
    case 'revision':
      return `Revision ${value}`
    case 'request':
      return `Request ${value}`
  }
}
