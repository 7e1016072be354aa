import { z } from 'zod'
import { LOG_LEVELS, LOG_STREAMS } from './line'

/** `none` stands for lines that state no level. */
export const LEVEL_CHOICES = [...LOG_LEVELS, 'none'] as const
export type LevelChoice = (typeof LEVEL_CHOICES)[number]

/** Between the texts of `with`, `not` and `except`. */
export const TEXT_SEPARATOR = '\n'

/** Properties of a line by which it can be left out. */
export const EXCEPT_FIELDS = ['level', 'stream', 'replica', 'revision', 'request'] as const
export type ExceptField = (typeof EXCEPT_FIELDS)[number]
const EXCEPT = new RegExp(`^(?:${EXCEPT_FIELDS.join('|')}):.+$`)

const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    value => (typeof value === 'string' ? value.split(',').filter(part => part !== '') : value),
    z.array(item).max(64).default([]),
  )

/** Texts, one per line in a URL's parameter: a line of a log may hold anything but a line break. */
const texts = z.preprocess(
  value => (typeof value === 'string' ? value.split(TEXT_SEPARATOR).filter(part => part !== '') : value),
  z.array(z.string().max(500, 'At most 500 characters.')).max(32).default([]),
)

/** An ISO time or milliseconds since 1970. */
const moment = z
  .preprocess(value => {
    if (typeof value !== 'string') return value
    if (value === '') return undefined
    return /^\d{1,16}$/.test(value) ? Number(value) : Date.parse(value)
  }, z.number('Give a time such as 2026-01-31T12:00:00Z, or milliseconds since 1970.').optional())
  .optional()
export const flag = z
  .preprocess(value => value === '1' || value === 'true' || value === true, z.boolean())
  .default(false)

/** Which lines to show; the same names in the page's URL, the portal's API and the controller's. */
export const logFilterFields = z.object({
  q: z.string().max(500, 'At most 500 characters.').default(''),
  regex: flag,
  case: flag,
  /** Texts that must all be in the line, and texts none of which may be; whatever their case. */
  with: texts,
  not: texts,
  level: listOf(z.enum(LEVEL_CHOICES)),
  stream: listOf(z.enum(LOG_STREAMS)),
  /** Replica ids. */
  replica: listOf(z.string().max(64)),
  revision: listOf(z.coerce.number().int().positive()),
  request: z.string().max(128).default(''),
  /** `level:info`, `replica:<id>`: lines that are this are left out. */
  except: texts.refine(values => values.every(value => EXCEPT.test(value)), {
    error: `Write what to leave out as ${EXCEPT_FIELDS.map(field => `${field}:…`).join(', ')}.`,
  }),
  since: moment,
  until: moment,
})
export type LogFilter = z.infer<typeof logFilterFields>

/** Added to every schema that extends the fields: an expression that is none is refused where it enters. */
export function checkExpression(filter: { q: string; regex: boolean }, context: z.core.$RefinementCtx): void {
  const problem = filter.regex ? regexProblem(filter.q) : null
  if (problem) context.issues.push({ code: 'custom', path: ['q'], message: problem, input: filter.q })
}

export const logFilter = logFilterFields.superRefine(checkExpression)

export const EMPTY_FILTER: LogFilter = logFilter.parse({})

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
const separatorOf = (key: keyof LogFilter) => (TEXT_KEYS.has(key) ? TEXT_SEPARATOR : ',')

const KEYS = Object.keys(EMPTY_FILTER).concat('since', 'until') as (keyof LogFilter)[]

/** Reads the filter out of a URL's parameters; others are left alone. */
export const parseFilter = (params: URLSearchParams) =>
  logFilter.safeParse(
    Object.fromEntries(
      KEYS.flatMap(key => {
        const value = params.getAll(key).join(separatorOf(key))
        return value === '' ? [] : [[key, value]]
      }),
    ),
  )

/** The parameters that say this filter and nothing that is default. */
export function filterParams(filter: LogFilter): Record<string, string> {
  const params: Record<string, string> = {}
  for (const key of KEYS) {
    const value = filter[key]
    if (value === undefined || value === '' || value === false) continue
    if (Array.isArray(value)) {
      if (value.length > 0) params[key] = value.join(separatorOf(key))
    } else params[key] = value === true ? '1' : String(value)
  }
  return params
}

export const isEmptyFilter = (filter: LogFilter): boolean => Object.keys(filterParams(filter)).length === 0
