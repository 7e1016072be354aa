import { UsersIcon } from 'lucide-react'
import { redirect } from 'next/navigation'
import { EmptyState } from '@/components/feedback/empty-state'
import { routes } from '@/lib/routes'
import { requireSession } from './session'

/** The door: to the first team's endpoints. */
export default async function HomePage() {
  const { memberships } = await requireSession()
  const [first] = memberships
  if (first) redirect(routes.team.endpoints(first.teamSlug))
  return (
    <main>
      <h1 className="sr-only">Slipway</h1>
      <EmptyState icon={UsersIcon} title="You are in no team yet" className="min-h-dvh">
        Endpoints belong to teams. Ask whoever runs this portal to add you to one, then reload this page.
      </EmptyState>
    </main>
  )
}
