import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import { LEVEL_CHOICES, type LogFilter } from '@/lib/domain/logs/filter'
import { LOG_STREAMS } from '@/lib/domain/logs/line'

const flag = parseAsBoolean.withDefault(false)
const words = parseAsString.withDefault('')

/** Which lines are shown, and which one is pointed at: all of it can be shared as a link. */
export const logParams = {
  q: words,
  regex: flag,
  case: flag,
  not: words,
  level: parseAsArrayOf(parseAsStringLiteral(LEVEL_CHOICES)).withDefault([]),
  stream: parseAsArrayOf(parseAsStringLiteral(LOG_STREAMS)).withDefault([]),
  replica: parseAsArrayOf(parseAsString).withDefault([]),
  revision: parseAsArrayOf(parseAsInteger).withDefault([]),
  request: words,
  /** Milliseconds since 1970. */
  since: parseAsInteger,
  until: parseAsInteger,
  /** Sequence number of the chosen line. */
  line: parseAsInteger,
  zone: parseAsStringLiteral(['local', 'utc'] as const).withDefault('local'),
}

type Parsed = Omit<LogFilter, 'since' | 'until'> & { since: number | null; until: number | null }

/** The part of the URL that says which lines. */
export const filterOf = ({ since, until, ...rest }: Parsed): LogFilter => ({
  q: rest.q,
  regex: rest.regex,
  case: rest.case,
  not: rest.not,
  level: rest.level,
  stream: rest.stream,
  replica: rest.replica,
  revision: rest.revision,
  request: rest.request,
  since: since ?? undefined,
  until: until ?? undefined,
})

/** Written over the URL, shows every line again. */
export const NO_FILTER = {
  q: null,
  regex: null,
  case: null,
  not: null,
  level: null,
  stream: null,
  replica: null,
  revision: null,
  request: null,
  since: null,
  until: null,
} as const
