'use client'

import { PlusIcon } from 'lucide-react'
import Link from 'next/link'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { Button } from '@/components/ui/button'
import { canCreateEndpoint } from '@/lib/domain/access/rights'
import { routes } from '@/lib/routes'

/** Only for those who may; a viewer's list simply has none. */
export function NewEndpointButton() {
  const team = useTeam()
  if (!canCreateEndpoint(useAsker(), team)) return null
  return (
    <Button asChild>
      <Link href={routes.team.newEndpoint(team.slug)}>
        <PlusIcon aria-hidden />
        New endpoint
      </Link>
    </Button>
  )
}
