import { LoaderCircleIcon, Trash2Icon, TriangleAlertIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { RelativeTime } from '@/components/feedback/relative-time'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { displayState, isInFlight } from '@/lib/domain/endpoint/display-state'
import { STATE_INFO } from '@/lib/domain/endpoint/state'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { routes } from '@/lib/routes'

const AdoptedBanner = dynamic(() => import('./adopted-banner').then(module => module.AdoptedBanner))
const AsleepBanner = dynamic(() => import('./asleep-banner').then(module => module.AsleepBanner))
const DriftBanner = dynamic(() => import('./drift-banner').then(module => module.DriftBanner))

/** What is wrong and where to read on, or what it is busy with; nothing when all is well. */
export function EndpointBanner({ endpoint }: { endpoint: EndpointDetail }) {
  const { label, help } = displayState(endpoint)
  if (endpoint.removedAt !== null)
    return (
      <Alert className="mb-4">
        <Trash2Icon aria-hidden />
        <AlertTitle>
          Deleted <RelativeTime at={endpoint.removedAt} />
        </AlertTitle>
        <AlertDescription>
          Nothing of it runs and its name is free. Its analytics, logs and events can be read here until their
          retention ends.
        </AlertDescription>
      </Alert>
    )
  const isLookedAt = endpoint.isReadOnly && endpoint.desired !== 'absent'
  if (endpoint.errorMessage !== null)
    return (
      <>
        <ErrorBanner endpoint={endpoint} />
        {isLookedAt && <AdoptedBanner endpoint={endpoint} />}
      </>
    )
  if (endpoint.drift) return <DriftBanner endpoint={endpoint} drift={endpoint.drift} />
  if (isLookedAt) return <AdoptedBanner endpoint={endpoint} />
  if (endpoint.state === 'scaledToZero' && endpoint.desired === 'present')
    return <AsleepBanner endpoint={endpoint} />
  if (!isInFlight(endpoint)) return null
  // On the way to a pause, a resume or the end, the message is still the one of the state that is being left.
  const message = label === STATE_INFO[endpoint.state].label ? endpoint.message : ''
  return (
    <Alert variant="progress" className="mb-4">
      <LoaderCircleIcon aria-hidden className="animate-spin motion-reduce:animate-none" />
      <AlertTitle>{message || help}</AlertTitle>
      {message && (
        <AlertDescription>
          {label}: {help.charAt(0).toLowerCase() + help.slice(1)}
        </AlertDescription>
      )}
    </Alert>
  )
}

function ErrorBanner({ endpoint }: { endpoint: EndpointDetail }) {
  const { tone, help } = displayState(endpoint)
  return (
    <Alert role="alert" variant={tone === 'bad' ? 'destructive' : 'warning'} className="mb-4">
      <TriangleAlertIcon aria-hidden />
      <AlertTitle>{tone === 'bad' ? 'It does not run' : help}</AlertTitle>
      <AlertDescription className="whitespace-pre-wrap">
        {endpoint.errorMessage}
        <span className="mt-1.5 flex gap-4">
          <BannerLink endpoint={endpoint} tab="logs" label="Read its logs" />
          {!endpoint.isReadOnly && (
            <BannerLink endpoint={endpoint} tab="settings" label="Change its settings" />
          )}
        </span>
      </AlertDescription>
    </Alert>
  )
}

function BannerLink({
  endpoint,
  tab,
  label,
}: {
  endpoint: EndpointDetail
  tab: 'logs' | 'settings'
  label: string
}) {
  return (
    <Link
      className="font-medium text-foreground underline decoration-border underline-offset-4 hover:decoration-current"
      href={routes.endpoint(endpoint.team, endpoint.name, tab)}
    >
      {label}
    </Link>
  )
}
