/** From most to least. Members, invitations and role changes come later; the checks are here from the start. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]
