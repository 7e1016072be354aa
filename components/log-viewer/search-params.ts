import {
  createLoader,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import { LEVEL_CHOICES, type LogFilter, TEXT_SEPARATOR } from '@/lib/domain/logs/filter'
import { LOG_STREAMS } from '@/lib/domain/logs/line'
import { TIME_LOOKS } from './format-time'

const flag = parseAsBoolean.withDefault(false)
const words = parseAsString.withDefault('')
const texts = parseAsArrayOf(parseAsString, TEXT_SEPARATOR).withDefault([])

/** Which lines are shown, and which one is pointed at: all of it can be shared as a link. */
export const logParams = {
  q: words,
  regex: flag,
  case: flag,
  with: texts,
  not: texts,
  level: parseAsArrayOf(parseAsStringLiteral(LEVEL_CHOICES)).withDefault([]),
  stream: parseAsArrayOf(parseAsStringLiteral(LOG_STREAMS)).withDefault([]),
  replica: parseAsArrayOf(parseAsString).withDefault([]),
  revision: parseAsArrayOf(parseAsInteger).withDefault([]),
  request: words,
  except: texts,
  /** Milliseconds since 1970. */
  since: parseAsInteger,
  until: parseAsInteger,
  /** The id of a request whose lines are wanted, found by its id or by its time. */
  of: parseAsString,
  /** Where to open, milliseconds since 1970: at the first line of that time or later. */
  at: parseAsInteger,
  /** Sequence number of the chosen line. */
  line: parseAsInteger,
  time: parseAsStringLiteral(TIME_LOOKS).withDefault('local'),
}

export const loadLogParams = createLoader(logParams)

type Parsed = Omit<LogFilter, 'since' | 'until'> & { since: number | null; until: number | null }

/** The part of the URL that says which lines. */
export const filterOf = ({ since, until, ...rest }: Parsed): LogFilter => ({
  q: rest.q,
  regex: rest.regex,
  case: rest.case,
  with: rest.with,
  not: rest.not,
  level: rest.level,
  stream: rest.stream,
  replica: rest.replica,
  revision: rest.revision,
  request: rest.request,
  except: rest.except,
  since: since ?? undefined,
  until: until ?? undefined,
})

/** Written over the URL, shows every line again. */
export const NO_FILTER = {
  q: null,
  regex: null,
  case: null,
  with: null,
  not: null,
  level: null,
  stream: null,
  replica: null,
  revision: null,
  request: null,
  except: null,
  of: null,
  at: null,
  since: null,
  until: null,
} as const
