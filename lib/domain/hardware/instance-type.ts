import { z } from 'zod'
import { ACCELERATORS } from './accelerator'
import { PROVIDER_KINDS } from './provider'

/** One kind of hardware in one region of a provider. */
export const instanceType = z.object({
  /** `{vendor}-{region}-{type}-{size}`, unique over the catalogue. */
  id: z.string(),
  provider: z.enum(PROVIDER_KINDS),
  vendor: z.string(),
  region: z.string(),
  accelerator: z.enum(ACCELERATORS),
  /** HF's `instanceType` and `instanceSize`, e.g. `cpu` and `x2`. */
  type: z.string(),
  size: z.string(),
  label: z.string(),
  cpus: z.number().positive(),
  memoryBytes: z.number().int().positive(),
  gpu: z.object({ count: z.number().int(), model: z.string(), memoryBytes: z.number().int() }).nullable(),
  /** Null where nobody has set a price; shown as "no price set", never $0.00. */
  priceUsdPerHour: z.number().nonnegative().nullable(),
  /** How many of it the account may run; absent where nobody says. */
  quota: z.number().int().nonnegative().optional(),
  availability: z.discriminatedUnion('status', [
    z.object({ status: z.literal('available') }),
    z.object({ status: z.literal('low'), reason: z.string() }),
    z.object({ status: z.literal('unavailable'), reason: z.string() }),
  ]),
})
export type InstanceType = z.infer<typeof instanceType>

export type Region = { id: string; label: string; provider: z.infer<typeof instanceType>['provider'] }
