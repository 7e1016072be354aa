import type { ReactNode } from 'react'
import { requireSession } from '@/app/session'
import { Shell } from '@/components/layout/shell'
import { profileGet } from '@/lib/queries/profile'
import { serverTransport } from '@/lib/server/transport'

export default async function PortalLayout({ children }: { children: ReactNode }) {
  await requireSession()
  const { name, email, teams } = await serverTransport(profileGet, {})
  return <Shell person={{ name, email, teams }}>{children}</Shell>
}
