import { z } from 'zod'
import type { tokenView } from '@/lib/domain/endpoint/view'
import { ROLES } from './roles'

/** One sign-in of the asking person. */
export const sessionView = z.object({
  id: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  /** The one that asks. */
  current: z.boolean(),
})
export type SessionView = z.infer<typeof sessionView>

export const sessionList = z.object({ items: z.array(sessionView) })

export const profileView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  createdAt: z.string(),
  hasPassword: z.boolean(),
  teams: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string(), role: z.enum(ROLES) })),
})
export type ProfileView = z.infer<typeof profileView>

/** A token that was just made: the only time its text is known. */
export type CreatedToken = { token: z.infer<typeof tokenView>; text: string }

/** A token of 60 seconds for the playground; not listed among the team's tokens. */
export type PlaygroundToken = { text: string; expiresAt: string; url: string }
