import { z } from 'zod'
import { SECURITY_LEVELS } from '@/lib/domain/access/security'
import { ACCELERATORS } from '@/lib/domain/hardware/accelerator'
import { PROVIDER_KINDS } from '@/lib/domain/hardware/provider'
import { EMPTY_NETWORK } from '@/lib/domain/network/network-draft'
import { ENTRY_REGIONS } from '@/lib/domain/network/rules'
import { engine, measureSchema, modelSource } from './spec'
import { TASKS } from './task'

/** What a person has entered so far; every field may still be missing. Survives a reload, but for secrets. */
export const endpointDraft = z.object({
  name: z.string(),
  /** The person typed the name: it no longer follows the model. */
  nameTouched: z.boolean(),
  source: modelSource.nullable(),
  task: z.enum(TASKS).nullable(),
  /** Bytes of the weights, for the fit check; null where nobody knows. */
  weightsBytes: z.number().nullable(),
  /** Why the chosen model cannot run; null when it can. */
  obstacle: z.string().nullable(),
  provider: z.enum(PROVIDER_KINDS),
  connection: z.string().nullable(),
  region: z.string(),
  accelerator: z.enum(ACCELERATORS),
  instanceType: z.string().nullable(),
  minReplicas: z.number(),
  maxReplicas: z.number(),
  scaleToZeroTimeoutMinutes: z.number().nullable(),
  /** Per replica; null where the provider does not scale by it, or has nothing to scale. */
  requestsPerMinute: z.number().nullable().default(null),
  measure: measureSchema.nullable().default(null),
  level: z.enum(SECURITY_LEVELS),
  allowedRanges: z.array(z.string()),
  network: z
    .object({
      isPrivate: z.boolean(),
      awsAccount: z.string(),
      isShared: z.boolean(),
      entryRegion: z.enum(ENTRY_REGIONS).nullable(),
      vpcEndpoint: z.string(),
      isDirect: z.boolean(),
      address: z.string(),
      hasVpc: z.boolean(),
      subnets: z.string(),
      securityGroups: z.string(),
    })
    .default(EMPTY_NETWORK),
  engine: engine.default({ kind: 'model-server' }),
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  tags: z.array(z.string()),
  requestTimeoutSeconds: z.number(),
})
