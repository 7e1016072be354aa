import { CompassIcon } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from '@/components/feedback/empty-state'
import { Button } from '@/components/ui/button'
import { routes } from '@/lib/routes'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={CompassIcon}
        title="There is no such page"
        className="min-h-dvh"
        action={
          <Button asChild>
            <Link href={routes.home()}>To your endpoints</Link>
          </Button>
        }
      >
        The address may be mistyped, or what was here belongs to a team you are not in.
      </EmptyState>
    </main>
  )
}
