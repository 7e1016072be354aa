import { z } from 'zod'
import type { Capabilities } from './capabilities'
import { instanceType } from './instance-type'
import { PROVIDER_KINDS } from './provider'

const capabilities = z.object({
  replicas: z.boolean(),
  autoscaling: z.boolean(),
  scaleToZero: z.boolean(),
  zeroTimeout: z.boolean(),
  containers: z.boolean(),
  modelServers: z.boolean(),
  localModels: z.boolean(),
  requestTarget: z.boolean(),
  measures: z.boolean(),
  privateLink: z.boolean(),
  vpc: z.boolean(),
  nativeMetrics: z.boolean(),
}) satisfies z.ZodType<Capabilities>

export const catalogView = z.object({
  providers: z.array(
    z.object({
      kind: z.enum(PROVIDER_KINDS),
      /** The provider's name, or the connection's. */
      label: z.string(),
      connection: z.object({ id: z.string(), name: z.string() }).nullable(),
      capabilities,
      regions: z.array(z.object({ id: z.string(), label: z.string(), provider: z.enum(PROVIDER_KINDS) })),
      instanceTypes: z.array(instanceType),
      /** Set where the provider did not say and a table of our own answers, and since when it is. */
      builtin: z.object({ asOf: z.string(), reason: z.string() }).nullable(),
      /** Why nothing of it can be offered just now. */
      problem: z.string().nullable(),
    }),
  ),
})
export type CatalogView = z.infer<typeof catalogView>
export type CatalogEntry = CatalogView['providers'][number]
