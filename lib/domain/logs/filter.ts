import type { z } from 'zod'
import type { logFilterFields } from './filter-schema'
import { LOG_LEVELS } from './line'

/** `none` stands for lines that state no level. */
export const LEVEL_CHOICES = [...LOG_LEVELS, 'none'] as const
export type LevelChoice = (typeof LEVEL_CHOICES)[number]

/** Between the texts of `with`, `not` and `except`. */
export const TEXT_SEPARATOR = '\n'

/** Properties of a line by which it can be left out. */
export const EXCEPT_FIELDS = ['level', 'stream', 'replica', 'revision', 'request'] as const
export type ExceptField = (typeof EXCEPT_FIELDS)[number]

export type LogFilter = z.infer<typeof logFilterFields>

export const EMPTY_FILTER: LogFilter = {
  q: '',
  regex: false,
  case: false,
  with: [],
  not: [],
  level: [],
  stream: [],
  replica: [],
  revision: [],
  request: '',
  except: [],
}

/** Why a text is not a regular expression, in the engine's words; null when it is one. */
export function regexProblem(source: string): string | null {
  try {
    new RegExp(source)
    return null
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : 'Not valid.'
  }
}

/** Their values may hold commas. */
const TEXT_KEYS: ReadonlySet<keyof LogFilter> = new Set(['with', 'not', 'except'])
/** What stands between several values of a parameter. */
export const separatorOf = (key: keyof LogFilter) => (TEXT_KEYS.has(key) ? TEXT_SEPARATOR : ',')

export const FILTER_KEYS = Object.keys(EMPTY_FILTER).concat('since', 'until') as (keyof LogFilter)[]

/** The parameters that say this filter and nothing that is default. */
export function filterParams(filter: Partial<LogFilter>): Record<string, string> {
  const params: Record<string, string> = {}
  for (const key of FILTER_KEYS) {
    const value = filter[key]
    if (value === undefined || value === '' || value === false) continue
    if (Array.isArray(value)) {
      if (value.length > 0) params[key] = value.join(separatorOf(key))
    } else params[key] = value === true ? '1' : String(value)
  }
  return params
}

export const isEmptyFilter = (filter: LogFilter): boolean => Object.keys(filterParams(filter)).length === 0
