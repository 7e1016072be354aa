import { MoonIcon } from 'lucide-react'
import Link from 'next/link'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { routes } from '@/lib/routes'

/** There is nothing to resume: only a call starts it. */
export function AsleepBanner({ endpoint: { team, name, isDirectOnly } }: { endpoint: EndpointDetail }) {
  return (
    <Alert className="mb-4">
      <MoonIcon aria-hidden />
      <AlertTitle>Scaled to zero: the next request wakes it</AlertTitle>
      <AlertDescription>
        <p>
          Nothing runs, and it costs nothing as soon as the last replica has ended. The first caller may be
          told to try again while one starts.
          {!isDirectOnly && (
            <>
              {' '}
              To wake it now, call it from the{' '}
              <Link className="underline underline-offset-2" href={routes.endpoint(team, name, 'playground')}>
                playground
              </Link>
              .
            </>
          )}
        </p>
      </AlertDescription>
    </Alert>
  )
}
