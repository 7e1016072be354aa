'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { Asker } from '@/lib/domain/access/rights'
import type { Role } from '@/lib/domain/access/roles'

/** The team a page belongs to, and who looks at it: what buttons ask their rights with. */
export type TeamScope = { id: string; slug: string; name: string; role: Role; userId: string }

const TeamContext = createContext<TeamScope | null>(null)

export function TeamProvider({ team, children }: { team: TeamScope; children: ReactNode }) {
  return <TeamContext value={team}>{children}</TeamContext>
}

export function useTeam(): TeamScope {
  const team = useContext(TeamContext)
  if (!team) throw new Error('useTeam is for pages below /{team}.')
  return team
}

/** The person as `access/rights.ts` wants to be asked. */
export function useAsker(): Extract<Asker, { kind: 'user' }> & { userId: string } {
  const { id, role, userId } = useTeam()
  return { kind: 'user', userId, memberships: [{ teamId: id, role }] }
}
