import { z } from 'zod'
import { isAddressRange } from './address-range'

export const SECURITY_LEVELS = ['public', 'protected', 'private'] as const
export type SecurityLevel = (typeof SECURITY_LEVELS)[number]

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

export const SECURITY_INFO: Record<SecurityLevel, { label: string; who: string; meaning: string }> = {
  public: {
    label: 'Public',
    who: 'Anybody who can reach the gateway',
    meaning: 'No token is asked for. For demos and models that cost nothing to call.',
  },
  protected: {
    label: 'Protected',
    who: 'Holders of a token of this team with infer on this endpoint',
    meaning: 'Every request needs a token; each token is counted on its own and can be revoked at once.',
  },
  private: {
    label: 'Private',
    who: 'Token holders calling from an allowed network',
    meaning: 'Protected, and the caller’s address must lie in a range you list.',
  },
}
