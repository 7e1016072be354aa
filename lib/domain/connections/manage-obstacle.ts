import { z } from 'zod'

/** What a policy has to say before one of an account's endpoints may be managed: travels beside the refusal. */
export const missingStatements = z.object({ statements: z.string() })

/** Why a connection may not manage it, in a sentence. */
export type ManageObstacle = z.infer<typeof missingStatements> & { message: string }
