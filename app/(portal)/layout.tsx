import type { ReactNode } from 'react'
import { requireSession } from '@/app/session'
import { Shell } from '@/components/layout/shell'

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const { name, email, memberships } = await requireSession()
  const teams = memberships.map(({ teamId: id, teamSlug: slug, teamName, role }) => ({
    id,
    slug,
    name: teamName,
    role,
  }))
  return <Shell person={{ name, email, teams }}>{children}</Shell>
}
