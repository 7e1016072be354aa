import type { Json } from '@/lib/domain/endpoint/example-request'
import { bodyOf, type FormKind } from '@/lib/domain/playground/form'

/** A Python literal. JSON's escapes are Python's too, so nothing in a text can end its string. */
export function literal(value: Json): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, item]) => `${literal(key)}: ${literal(item)}`)
    .join(', ')}}`
}

/** A line of a comment or docstring: whatever could end it is gone. */
export const plain = (text: string): string => text.replaceAll(/[\\"\r\n]/g, ' ')

const MAIN = 'the main input'
const SECOND = 'the second input'

/** The request's body as a Python expression of `main` and `second`: the playground's own, with names for values. */
export const bodyExpression = (kind: FormKind): string =>
  literal(bodyOf(kind, { main: MAIN, second: SECOND }))
    .replaceAll(`[${literal(SECOND)}]`, 'lines(second)')
    .replaceAll(literal(MAIN), 'main')
    .replaceAll(literal(SECOND), 'second')
