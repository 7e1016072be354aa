import { z } from 'zod'
import { PASSWORD_MIN_LENGTH } from './password'
import { TOKEN_SCOPES } from './tokens'

/** Length is what counts; the upper bound keeps hashing from being used against us. */
export const newPassword = z
  .string()
  .min(PASSWORD_MIN_LENGTH, `At least ${PASSWORD_MIN_LENGTH} characters.`)
  .max(256, 'At most 256 characters.')

export const createTokenInput = z.object({
  team: z.string().min(1).max(64),
  name: z.string().trim().min(1, 'Say what the token is for.').max(100, 'At most 100 characters.'),
  scope: z.enum(TOKEN_SCOPES),
  /** Name or id of the one endpoint the token is for; null for all of the team. */
  endpoint: z.string().min(1).max(64).nullable().default(null),
  expiresInDays: z
    .number()
    .int()
    .min(1, 'At least one day.')
    .max(3650, 'At most ten years.')
    .nullable()
    .default(null),
})
export type CreateTokenInput = z.input<typeof createTokenInput>

export const revokeTokenInput = z.object({ team: z.string().min(1).max(64), tokenId: z.uuid() })
export type RevokeTokenInput = z.input<typeof revokeTokenInput>

export const changePasswordInput = z.object({
  currentPassword: z.string().min(1, 'Give your current password.').max(256),
  newPassword,
})
export type ChangePasswordInput = z.input<typeof changePasswordInput>

export const renameProfileInput = z.object({
  name: z.string().trim().min(1, 'Give a name.').max(100, 'At most 100 characters.'),
})
export type RenameProfileInput = z.input<typeof renameProfileInput>

export const revokeSessionInput = z.object({ sessionId: z.uuid() })
export type RevokeSessionInput = z.input<typeof revokeSessionInput>

export const teamInput = z.object({ team: z.string().min(1).max(64) })
export type TeamInput = z.infer<typeof teamInput>

/** For verbs about the asking person alone. */
export const emptyInput = z.object({})
