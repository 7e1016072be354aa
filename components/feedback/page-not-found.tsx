import { CompassIcon } from 'lucide-react'
import Link from 'next/link'
import { EmptyState } from '@/components/feedback/empty-state'
import { Button } from '@/components/ui/button'
import { routes } from '@/lib/routes'

/** The way back for an address that leads nowhere, or to something of a team one is not in. */
export function PageNotFound({ className }: { className: string }) {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={CompassIcon}
        title="There is no such page"
        className={className}
        action={
          <Button asChild>
            <Link href={routes.home()}>To your endpoints</Link>
          </Button>
        }
      >
        The address may be mistyped, or what was here belongs to a team you are not in.
      </EmptyState>
    </>
  )
}
