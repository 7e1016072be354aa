import { z } from 'zod'
import { endpointRef } from '@/lib/domain/endpoint/inputs'
import { demoKind } from './demo'

export const downloadDemoInput = endpointRef.extend({ kind: demoKind })
export type DownloadDemoInput = z.infer<typeof downloadDemoInput>

/** As the Hub names repositories: no `--`, no `..`, at most 96 characters. */
const spaceName = z
  .string()
  .trim()
  .max(96, 'At most 96 characters.')
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/, 'Letters, digits, “-”, “_” and “.”.')
  .refine(name => !/--|\.\./.test(name), 'No “--” and no “..”.')

export const pushSpaceInput = downloadDemoInput.extend({
  connectionId: z.uuid(),
  name: spaceName,
  visibility: z.enum(['private', 'public']),
  /** `namespace/name`, typed or clicked by somebody who has read what will happen. */
  confirm: z.string().max(200),
})
export type PushSpaceInput = z.infer<typeof pushSpaceInput>
