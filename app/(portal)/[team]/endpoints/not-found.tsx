import { BoxIcon } from 'lucide-react'
import Link from 'next/link'
import { EmptyState } from '@/components/feedback/empty-state'
import { Button } from '@/components/ui/button'
import { routes } from '@/lib/routes'

/** A name that was deleted is free again: its page is gone, and says so. */
export default function EndpointNotFound() {
  return (
    <>
      <h1 className="sr-only">Endpoint not found</h1>
      <EmptyState
        icon={BoxIcon}
        title="There is no such endpoint"
        className="min-h-[70dvh]"
        action={
          <Button asChild>
            <Link href={routes.home()}>To your endpoints</Link>
          </Button>
        }
      >
        Its name may be mistyped, or the endpoint was deleted: then its name is free again.
      </EmptyState>
    </>
  )
}
