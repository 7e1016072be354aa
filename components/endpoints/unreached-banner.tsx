import { UnplugIcon } from 'lucide-react'
import Link from 'next/link'
import { RelativeTime } from '@/components/feedback/relative-time'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import type { UnreachedView } from '@/lib/domain/network/unreached'
import { routes } from '@/lib/routes'

type Props = { endpoint: Pick<EndpointDetail, 'team' | 'name'>; unreached: UnreachedView }

/** That calls fail because the gateway lost its way to the private address, and what to do. */
export function UnreachedBanner({ endpoint: { team, name }, unreached }: Props) {
  const { since, askedAt, isOld, message } = unreached
  if (isOld)
    return (
      <Alert role="alert" variant="warning" className="mb-4">
        <UnplugIcon aria-hidden />
        <AlertTitle>
          Not known whether the gateway reaches it: last asked <RelativeTime at={askedAt} />
        </AlertTitle>
        <AlertDescription>
          <p className="[overflow-wrap:anywhere]">
            No gateway has answered that since: an administrator should see that one runs, and a controller
            that asks it. What was found then: {message}
          </p>
        </AlertDescription>
      </Alert>
    )
  return (
    <Alert role="alert" variant="destructive" className="mb-4">
      <UnplugIcon aria-hidden />
      <AlertTitle>
        The gateway does not reach it: calls began to fail <RelativeTime at={since} />
      </AlertTitle>
      <AlertDescription>
        <p className="[overflow-wrap:anywhere]">
          {message} Slipway looks again by itself, last <RelativeTime at={askedAt} />. Until the gateway gets
          there, calls are answered with 502; give another address, or choose direct only, in its{' '}
          <Link className="underline underline-offset-2" href={routes.endpoint(team, name, 'settings')}>
            settings
          </Link>
          .
        </p>
      </AlertDescription>
    </Alert>
  )
}
