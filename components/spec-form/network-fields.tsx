'use client'

import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import type { CatalogEntry } from '@/lib/domain/hardware/catalog'
import type { NetworkDraft } from '@/lib/domain/network/network-draft'
import { CallsFields } from './calls-fields'
import { CheckField } from './check-field'
import { LinkFields } from './link-fields'
import { VpcFields } from './vpc-fields'

type Props = {
  team: string
  draft: EndpointDraft
  update: (change: Pick<EndpointDraft, 'network'>) => void
  provider: CatalogEntry
  /** What is wrong with a field of the draft's `network`. */
  problemOf: (field: string) => string | undefined
}

export type NetworkFieldsProps = {
  network: NetworkDraft
  change: (change: Partial<NetworkDraft>) => void
  problemOf: (field: keyof NetworkDraft) => string | undefined
}

/** How the provider's own door is closed to the internet, who then calls, and where containers may connect to. */
export function NetworkFields({ team, draft, update, provider, problemOf }: Props) {
  const { network } = draft
  const { privateLink, vpc } = provider.capabilities
  const shared: NetworkFieldsProps = {
    network,
    change: change => update({ network: { ...network, ...change } }),
    problemOf: field => problemOf(`network.${field}`),
  }
  return (
    <div className="grid gap-4">
      {privateLink && (
        <CheckField
          label="Private at the provider"
          description={PRIVATE_MEANS}
          isChecked={network.isPrivate}
          error={problemOf('level')}
          onChange={isPrivate => shared.change({ isPrivate })}
        >
          <LinkFields {...shared} provider={draft.provider} />
          <CallsFields {...shared} team={team} provider={draft.provider} />
        </CheckField>
      )}
      {vpc && <VpcFields {...shared} />}
    </div>
  )
}

const PRIVATE_MEANS =
  'Its own address is closed to the internet. The level above stays what the gateway asks of callers.'
