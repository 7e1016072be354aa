import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { Region } from '@/components/feedback/region'
import { PageBar, PageBody } from '@/components/layout/page'
import { ProfileView } from '@/components/profile/profile-view'
import { Skeleton } from '@/components/ui/skeleton'
import { profileGet, sessionsList } from '@/lib/queries/profile'

export const metadata: Metadata = { title: 'Profile' }

export default function ProfilePage() {
  return (
    <Prefetched reads={[read(profileGet, {}), read(sessionsList, {})]}>
      <PageBar title="Profile" />
      <PageBody>
        <Region title="Your profile could not be loaded" skeleton={<Skeleton className="h-96 max-w-3xl" />}>
          <ProfileView />
        </Region>
      </PageBody>
    </Prefetched>
  )
}
