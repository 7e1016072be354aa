import type { ExceptField, LogFilter } from '@/lib/domain/logs/filter'

/** Something of a line that a person can point at: one of its properties, or a word of its text. */
export type LogValue = { field: ExceptField | 'text'; value: string }

export type FilterChange = Partial<Omit<LogFilter, 'since' | 'until'>>

const without = <T>(list: readonly T[], value: T): T[] => list.filter(other => other !== value)
const including = <T>(list: readonly T[], value: T): T[] => [...without(list, value), value]

/** Shows only lines that are or say this; it is no longer left out. */
export function onlyThis(filter: LogFilter, { field, value }: LogValue): FilterChange {
  if (field === 'text') return { with: including(filter.with, value), not: without(filter.not, value) }
  return { ...chosen(field, value), except: without(filter.except, `${field}:${value}`) }
}

/** Leaves out lines that are or say this; it is no longer asked for. */
export function excludeThis(filter: LogFilter, { field, value }: LogValue): FilterChange {
  if (field === 'text') return { not: including(filter.not, value), with: without(filter.with, value) }
  const except = including(filter.except, `${field}:${value}`)
  switch (field) {
    case 'level':
      return { except, level: filter.level.filter(level => level !== value) }
    case 'stream':
      return { except, stream: filter.stream.filter(stream => stream !== value) }
    case 'replica':
      return { except, replica: without(filter.replica, value) }
    case 'revision':
      return { except, revision: without(filter.revision, Number(value)) }
    case 'request':
      return filter.request === value ? { except, request: '' } : { except }
  }
}

function chosen(field: ExceptField, value: string): FilterChange {
  switch (field) {
    case 'level':
      return { level: [value as LogFilter['level'][number]] }
    case 'stream':
      return { stream: [value as LogFilter['stream'][number]] }
    case 'replica':
      return { replica: [value] }
    case 'revision':
      return { revision: [Number(value)] }
    case 'request':
      return { request: value }
  }
}

export type Chip = LogValue & { isExcluded: boolean; clear: FilterChange }

/** Everything the filter asks for or leaves out but the search itself, one by one, each with what takes it back. */
export function chipsOf(filter: LogFilter): Chip[] {
  const listed = <T extends string | number>(
    field: 'level' | 'stream' | 'replica' | 'revision',
    list: readonly T[],
  ): Chip[] =>
    list.map(value => ({
      field,
      value: String(value),
      isExcluded: false,
      clear: { [field]: without(list, value) },
    }))
  const texts = (key: 'with' | 'not'): Chip[] =>
    filter[key].map(value => ({
      field: 'text',
      value,
      isExcluded: key === 'not',
      clear: { [key]: without(filter[key], value) },
    }))
  return [
    ...(filter.request === ''
      ? []
      : [{ field: 'request', value: filter.request, isExcluded: false, clear: { request: '' } } as const]),
    ...listed('replica', filter.replica),
    ...listed('revision', filter.revision),
    ...listed('level', filter.level),
    ...listed('stream', filter.stream),
    ...texts('with'),
    ...texts('not'),
    ...filter.except.map(entry => {
      const cut = entry.indexOf(':')
      return {
        field: entry.slice(0, cut) as ExceptField,
        value: entry.slice(cut + 1),
        isExcluded: true,
        clear: { except: without(filter.except, entry) },
      }
    }),
  ]
}
