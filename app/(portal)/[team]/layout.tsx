import { notFound } from 'next/navigation'
import { requireSession } from '@/app/session'
import { TeamProvider } from '@/components/layout/team-context'

/** Gates on the membership: to everybody else the team does not exist. */
export default async function TeamLayout({ params, children }: LayoutProps<'/[team]'>) {
  const { team } = await params
  const { userId, memberships } = await requireSession()
  const membership = memberships.find(entry => entry.teamSlug === team)
  if (!membership) notFound()
  const { teamId: id, teamName: name, role } = membership
  return <TeamProvider team={{ id, slug: team, name, role, userId }}>{children}</TeamProvider>
}
