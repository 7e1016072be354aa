import { PageBar, PageBody } from '@/components/layout/page'
import { ProfileSkeleton } from '@/components/profile/profile-skeleton'

export default function ProfileLoading() {
  return (
    <>
      <PageBar title="Profile" />
      <PageBody>
        <ProfileSkeleton />
      </PageBody>
    </>
  )
}
