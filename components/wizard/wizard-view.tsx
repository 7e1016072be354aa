'use client'

import { useSearchParams } from 'next/navigation'
import { useTeam } from '@/components/layout/team-context'
import { useResource } from '@/lib/client/use-resource'
import { catalogGet } from '@/lib/queries/catalog'
import { Wizard } from './wizard'

/** The wizard for the team of this page; `?model=` begins with a Hub repository. */
export function WizardView({ portalUrl }: { portalUrl: string }) {
  const team = useTeam().slug
  const { data: catalog } = useResource(catalogGet, { team })
  return (
    <Wizard
      team={team}
      catalog={catalog}
      portalUrl={portalUrl}
      initialModel={useSearchParams().get('model') ?? ''}
    />
  )
}
