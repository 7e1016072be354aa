import { z } from 'zod'
import { endpointRef } from '@/lib/domain/endpoint/inputs'
import { checkExpression, flag, logFilterFields } from './filter-schema'

const seq = z.coerce.number().int().nonnegative()

/** Whose log, and which of its lines; every read adds its own. */
const logRef = endpointRef.extend(logFilterFields.shape)

export const readLogPageInput = logRef
  .extend({
    /** Older than this line … */
    before: seq.optional(),
    /** … or newer than this one … */
    after: seq.optional(),
    /** … or half before and half from this one on. None: the newest. */
    around: seq.optional(),
    limit: z.coerce.number().int().min(1).max(2_000).default(500),
  })
  .superRefine(checkExpression)

export const searchLogsInput = logRef
  .extend({
    before: seq.optional(),
    after: seq.optional(),
    order: z.enum(['asc', 'desc']).default('desc'),
    limit: z.coerce.number().int().min(1).max(50_000).default(1_000),
  })
  .superRefine(checkExpression)
export type SearchLogsInput = z.input<typeof searchLogsInput>

export const followLogsInput = logRef
  .extend({
    /** Resume behind this line. Absent: only what is written from now on. */
    after: seq.optional(),
  })
  .superRefine(checkExpression)

/** Of the filter only its times: bars count lines, whatever they say. */
export const logDensityInput = endpointRef.extend(logFilterFields.pick({ since: true, until: true }).shape)
export type LogDensityInput = z.input<typeof logDensityInput>

export const DOWNLOAD_FORMATS = ['text', 'json'] as const
export const downloadLogsInput = logRef
  .extend({
    format: z.enum(DOWNLOAD_FORMATS).default('text'),
    gzip: flag,
  })
  .superRefine(checkExpression)
