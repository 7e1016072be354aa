'use client'

import { useCurrentEndpoint } from '@/components/endpoints/use-current-endpoint'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { useResource } from '@/lib/client/use-resource'
import { canRemoveEndpoint, canUpdateEndpoint } from '@/lib/domain/access/rights'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import { entryAt } from '@/lib/domain/hardware/place'
import { catalogGet } from '@/lib/queries/catalog'
import { LifecycleCard } from './lifecycle-card'
import { RevisionHistory } from './revision-history'
import { SettingsForm } from './settings-form'

/** The Settings tab: the spec, its history, and the end of it. */
export function SettingsView() {
  const { team, endpoint } = useCurrentEndpoint()
  const asker = useAsker()
  const teamId = useTeam().id
  const { data: catalog } = useResource(catalogGet, { team })
  const object = { id: endpoint.id, teamId }
  const obstacle = canUpdateEndpoint(asker, object)
    ? whyNot('update', endpoint)
    : 'Your role may look at settings, not change them.'
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <SettingsForm team={team} endpoint={endpoint} catalog={catalog} obstacle={obstacle} />
      <div className="grid gap-4">
        {!endpoint.isReadOnly && (
          <LifecycleCard
            team={team}
            endpoint={endpoint}
            canChange={canRemoveEndpoint(asker, object)}
            hasScaleToZero={entryAt(catalog, endpoint.spec.hardware)?.capabilities.scaleToZero ?? false}
          />
        )}
        <RevisionHistory team={team} endpoint={endpoint} canUpdate={obstacle === null} />
      </div>
    </div>
  )
}
