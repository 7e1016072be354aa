'use client'

import dynamic from 'next/dynamic'
import { ShareDemo } from '@/components/demos/share-demo'
import { useCurrentEndpoint } from '@/components/endpoints/use-current-endpoint'
import { isDirectOnly } from '@/lib/domain/network/direct-only'
import { EventTimeline } from './event-timeline'
import { ReplicaTable } from './replica-table'
import { Snippets } from './snippets'
import { SpecCard } from './spec-card'

/* Of few endpoints. */
const DirectCall = dynamic(() => import('./direct-call').then(module => module.DirectCall))
const PrivateCard = dynamic(() => import('./private-card').then(module => module.PrivateCard))

/** How to call it, what runs, what it is, and what happened. */
export function Overview() {
  const { team, endpoint, ref } = useCurrentEndpoint()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {endpoint.removedAt === null && (
          <>
            {isDirectOnly(endpoint.spec) ? (
              <DirectCall endpoint={endpoint} />
            ) : (
              <>
                <Snippets team={team} endpoint={endpoint} />
                <ShareDemo endpoint={endpoint} />
              </>
            )}
            {endpoint.spec.network && <PrivateCard endpoint={endpoint} network={endpoint.spec.network} />}
          </>
        )}
        <ReplicaTable endpoint={endpoint} />
        <SpecCard endpoint={endpoint} />
      </div>
      <EventTimeline team={team} endpointRef={ref} endpoint={endpoint} />
    </div>
  )
}
