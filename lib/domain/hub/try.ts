import { z } from 'zod'
import { TASKS } from '@/lib/domain/endpoint/task'
import { hubModelInput } from './model'

export const tryModelInput = hubModelInput
  .pick({ team: true, repository: true })
  .extend({ task: z.enum(TASKS), connectionId: z.uuid() })
export type TryModelInput = z.output<typeof tryModelInput>

/** Enough for a picture or a minute of sound. */
export const TRY_BODY_BYTES = 10 * 1024 * 1024
