import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { Region } from '@/components/feedback/region'
import { PageBar, PageBody } from '@/components/layout/page'
import { ProfileSkeleton } from '@/components/profile/profile-skeleton'
import { ProfileView } from '@/components/profile/profile-view'
import { profileGet, sessionsList } from '@/lib/queries/profile'

export const metadata: Metadata = { title: 'Profile' }

export default function ProfilePage() {
  return (
    <Prefetched reads={[read(profileGet, {}), read(sessionsList, {})]}>
      <PageBar title="Profile" />
      <PageBody>
        <Region title="Your profile could not be loaded" skeleton={<ProfileSkeleton />}>
          <ProfileView />
        </Region>
      </PageBody>
    </Prefetched>
  )
}
