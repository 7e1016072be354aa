import { z } from 'zod'
import { CHART_TITLES, type ChartKey } from './chart-of'
import { FILE_FORMATS } from './export'
import { windowInput } from './window-input'

/** Which endpoint; its window and filters come beside it. */
const ref = z.object({ team: z.string(), endpoint: z.string() })

export const chartInput = z.intersection(
  z.intersection(ref, windowInput),
  z
    .object({
      revision: z.coerce.number().int().positive().optional(),
      replica: z.uuid().optional(),
      /** The zero id stands for requests without a token. */
      token: z.uuid().optional(),
      /** Only buckets from this start: what a page that is open asks for again. */
      since: z.coerce.number().int().min(0).optional(),
      /** One of two equally long periods that are compared bucket by bucket. */
      period: z.enum(['alone', 'now', 'before']).default('alone'),
    })
    .refine(
      value => value.token === undefined || (value.revision === undefined && value.replica === undefined),
      'Requests per token are kept for the endpoint as a whole: choose a token, or a replica and revision.',
    ),
)
export type ChartInput = z.input<typeof chartInput>

export const recordsInput = z.intersection(
  chartInput,
  z.object({
    /** A class (`4xx`) or one code (`404`). */
    status: z.union([z.string().regex(/^[1-5]xx$/), z.coerce.number().int().min(100).max(599)]).optional(),
    minMs: z.coerce.number().nonnegative().optional(),
    requestId: z.string().max(128).optional(),
    sort: z.enum(['newest', 'slowest']).default('newest'),
    before: z.string().max(200).optional(),
  }),
)
export type RecordsInput = z.input<typeof recordsInput>
export type RecordFilter = Omit<
  z.output<typeof recordsInput>,
  'team' | 'endpoint' | 'range' | 'from' | 'to' | 'since' | 'period'
>

const on = z.stringbool().default(false)

/** A chart as a file: which one, and how it is looked at; the same names as in the page's URL. */
export const exportInput = z.intersection(
  chartInput,
  z.object({
    chart: z.enum(Object.keys(CHART_TITLES) as [ChartKey, ...ChartKey[]]),
    format: z.enum(FILE_FORMATS).default('csv'),
    by: z.enum(['class', 'code']).default('class'),
    share: on,
    per: z.enum(['replica', 'mean']).default('replica'),
    compare: on,
  }),
)
export type ExportInput = z.output<typeof exportInput>
