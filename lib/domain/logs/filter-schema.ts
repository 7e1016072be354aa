import { z } from 'zod'
import {
  EXCEPT_FIELDS,
  FILTER_KEYS,
  LEVEL_CHOICES,
  regexProblem,
  separatorOf,
  TEXT_SEPARATOR,
} from './filter'
import { LOG_STREAMS } from './line'

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

/** Added to every schema that extends the fields: an expression that is none is refused where it enters. */
export function checkExpression(filter: { q: string; regex: boolean }, context: z.core.$RefinementCtx): void {
  const problem = filter.regex ? regexProblem(filter.q) : null
  if (problem) context.issues.push({ code: 'custom', path: ['q'], message: problem, input: filter.q })
}

export const logFilter = logFilterFields.superRefine(checkExpression)

/** Reads the filter out of a URL's parameters; others are left alone. */
export const parseFilter = (params: URLSearchParams) =>
  logFilter.safeParse(
    Object.fromEntries(
      FILTER_KEYS.flatMap(key => {
        const value = params.getAll(key).join(separatorOf(key))
        return value === '' ? [] : [[key, value]]
      }),
    ),
  )
