import { z } from 'zod'
import { RANGE_KEYS, windowProblem } from './range'

const instantMs = z.coerce.number().int().min(0)

/** What a URL says about the window: a preset, or both ends of a custom one (milliseconds since 1970). */
export const windowInput = z
  .object({ range: z.enum(RANGE_KEYS).default('1h'), from: instantMs.optional(), to: instantMs.optional() })
  .superRefine((ends, context) => {
    const message = windowProblem(ends)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
export type WindowInput = z.input<typeof windowInput>
