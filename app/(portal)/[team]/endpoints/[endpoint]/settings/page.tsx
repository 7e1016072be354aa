import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { Region } from '@/components/feedback/region'
import { SettingsView } from '@/components/settings/settings-view'
import { Skeleton } from '@/components/ui/skeleton'
import { catalogGet } from '@/lib/queries/catalog'
import { endpointRevisions } from '@/lib/queries/endpoints'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ params }: PageProps<'/[team]/endpoints/[endpoint]/settings'>) {
  const { team, endpoint } = await params
  return (
    <Prefetched reads={[read(catalogGet, { team }), read(endpointRevisions, { team, endpoint })]}>
      <Region title="The settings could not be loaded" skeleton={<Skeleton className="h-[40rem]" />}>
        <SettingsView />
      </Region>
    </Prefetched>
  )
}
