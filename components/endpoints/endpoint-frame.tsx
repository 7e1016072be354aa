'use client'

import { PauseIcon, PlayIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useSelectedLayoutSegment } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { CopyButton } from '@/components/feedback/copy-button'
import { StateBadge } from '@/components/feedback/state-badge'
import { HoverLink } from '@/components/layout/hover-link'
import { PageBar, PageBody } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { displayState } from '@/lib/domain/endpoint/display-state'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { isDirectOnly } from '@/lib/domain/network/direct-only'
import { type EndpointTab, routes } from '@/lib/routes'
import { EndpointBanner } from './endpoint-banner'
import { PauseDialog } from './pause-dialog'
import { StateNotes } from './state-notes'
import { useCurrentEndpoint } from './use-current-endpoint'
import { usePauseResume } from './use-pause-resume'

const UnreachedBanner = dynamic(() => import('./unreached-banner').then(module => module.UnreachedBanner))

const TABS: readonly { tab: EndpointTab; label: string }[] = [
  { tab: 'overview', label: 'Overview' },
  { tab: 'playground', label: 'Playground' },
  { tab: 'analytics', label: 'Analytics' },
  { tab: 'logs', label: 'Logs' },
  { tab: 'settings', label: 'Settings' },
]

/** What is left of a deleted endpoint. */
const READABLE: readonly EndpointTab[] = ['overview', 'analytics', 'logs']

/** What stands around every tab: name, state, URL, pause and resume, the tabs, and what is wrong. */
export function EndpointFrame({ children }: { children: ReactNode }) {
  const { team, endpoint, ref } = useCurrentEndpoint()
  const isDeleted = endpoint.removedAt !== null
  const isDirect = isDirectOnly(endpoint.spec)
  const tabs = TABS.filter(
    ({ tab }) => (!isDeleted || READABLE.includes(tab)) && !(isDirect && tab === 'playground'),
  )
  const url = isDirect ? (endpoint.upstreamUrl ?? endpoint.url) : endpoint.url
  const shown = isDeleted ? endpoint.id : url
  const current = useSelectedLayoutSegment()
  return (
    <>
      <PageBar
        crumbs={[{ label: 'Endpoints', href: routes.team.endpoints(team) }]}
        title={endpoint.name}
        hasOwnHeading
        actions={isDeleted || endpoint.isReadOnly ? undefined : <PauseResumeButton endpoint={endpoint} />}
      />
      <div className="border-b bg-background pt-4">
        <div className="mx-auto w-full max-w-[90rem] px-4 md:px-5">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="font-semibold text-xl">{endpoint.name}</h1>
            <StateBadge state={displayState(endpoint)} />
            <StateNotes endpoint={endpoint} />
          </div>
          <div className="flex min-w-0 items-center gap-1 text-muted-foreground">
            <code className="truncate font-mono text-xs">{shown}</code>
            <CopyButton text={shown} label={isDeleted ? 'Copy id' : 'Copy URL'} size="icon-xs" />
          </div>
          <EndpointTabs tabs={tabs} current={current} team={team} endpoint={ref} />
        </div>
      </div>
      <PageBody>
        {endpoint.unreached && <UnreachedBanner endpoint={endpoint} unreached={endpoint.unreached} />}
        <EndpointBanner endpoint={endpoint} />
        {tabs.some(({ tab }) => tab === current) ? children : <NotHere isDeleted={isDeleted} />}
      </PageBody>
    </>
  )
}

const NotHere = ({ isDeleted }: { isDeleted: boolean }) => (
  <p className="py-10 text-center text-muted-foreground text-sm">
    {isDeleted
      ? 'A deleted endpoint can neither be called nor changed. Its overview, analytics and logs are still here.'
      : 'Direct only: Slipway cannot call it. Its overview says how callers do.'}
  </p>
)

type TabsProps = { tabs: typeof TABS; current: string | null; team: string; endpoint: string }

function EndpointTabs({ tabs, current, team, endpoint }: TabsProps) {
  return (
    <nav aria-label="Endpoint" className="-mx-2 -mb-px mt-3 flex overflow-x-auto sm:gap-1">
      {tabs.map(({ tab, label }) => (
        <HoverLink
          key={tab}
          href={routes.endpoint(team, endpoint, tab)}
          aria-current={tab === current ? 'page' : undefined}
          className="whitespace-nowrap border-transparent border-b-2 px-2 py-2 text-muted-foreground hover:text-foreground aria-[current=page]:border-primary aria-[current=page]:font-medium aria-[current=page]:text-foreground"
        >
          {label}
        </HoverLink>
      ))}
    </nav>
  )
}

function PauseResumeButton({ endpoint }: { endpoint: EndpointDetail }) {
  const [isAsking, setAsking] = useState(false)
  const { isPaused, isPending, pause, resume, whyNotPause, whyNotResume } = usePauseResume(endpoint)
  const whyNot = isPaused ? whyNotResume : whyNotPause
  return (
    <>
      <Button
        variant="outline"
        disabled={whyNot !== null || isPending}
        title={whyNot ?? undefined}
        onClick={() => (isPaused ? resume() : setAsking(true))}
      >
        {isPaused ? <PlayIcon aria-hidden /> : <PauseIcon aria-hidden />}
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      <PauseDialog endpoint={endpoint} isOpen={isAsking} onOpenChange={setAsking} onConfirm={pause} />
    </>
  )
}
