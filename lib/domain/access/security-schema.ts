import { z } from 'zod'
import { isAddressRange } from './address-range'

const addressRange = z
  .string()
  .trim()
  .refine(isAddressRange, 'Give an address or a range such as 10.0.0.0/8 or 2001:db8::/32.')

/** One meaning everywhere: public asks nobody, protected asks a token, private a token and an address. */
export const securityLevel = z.discriminatedUnion('level', [
  z.object({ level: z.literal('public') }),
  z.object({ level: z.literal('protected') }),
  z.object({
    level: z.literal('private'),
    allowedRanges: z.array(addressRange).min(1, 'Private needs at least one allowed address range.').max(64),
  }),
])
export type Security = z.infer<typeof securityLevel>
