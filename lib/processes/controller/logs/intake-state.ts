import { z } from 'zod'
import { emptyIntake, type IntakeState } from '@/lib/domain/logs/intake'
import { LOG_LEVELS } from '@/lib/domain/logs/line'

const group = z
  .object({
    level: z.enum(LOG_LEVELS).nullable(),
    requestId: z.string().nullable(),
    timeMs: z.number(),
    isHead: z.boolean(),
    trace: z.enum(['none', 'open', 'closed']),
  })
  .nullable()

const intakeState = z.object({
  groups: z.object({ stdout: group, stderr: group }),
  second: z.number(),
  linesInSecond: z.number(),
  dropped: z.number(),
})

/** What the last owner remembered of a replica's output. One written by another version begins anew. */
export function parseIntakeState(carry: unknown): IntakeState {
  const parsed = intakeState.safeParse(carry)
  return parsed.success ? parsed.data : emptyIntake()
}
