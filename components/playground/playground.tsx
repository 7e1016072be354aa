'use client'

import dynamic from 'next/dynamic'
import { useCurrentEndpoint } from '@/components/endpoints/use-current-endpoint'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import { IN_FLIGHT_STATES } from '@/lib/domain/endpoint/state'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { formKindOf } from '@/lib/domain/playground/form'
import { ChatForm } from './chat-form'
import { JsonForm } from './json-form'
import { RequestForm } from './request-form'
import { useCall } from './use-call'

const AnswerView = dynamic(() => import('./answer-view').then(module => module.AnswerView), { ssr: false })

/** Try the endpoint: a form for its task or raw JSON, through the gateway like any client. */
export function Playground() {
  const { team, endpoint } = useCurrentEndpoint()
  const { state, call, cancel } = useCall(team, endpoint.name)
  const kind = formKindOf(endpoint.task)
  const busy = state.phase === 'calling'
  const obstacle = whyNot('call', endpoint) ?? startingText(endpoint)
  const shared = { busy, onCall: call }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card className="grid gap-3 p-4" aria-label="Request">
        {obstacle && (
          <p className="rounded-md border border-state-warning/40 bg-state-warning/10 px-3 py-2 text-sm">
            {obstacle}
          </p>
        )}
        <Tabs defaultValue={kind === 'json' ? 'json' : 'form'}>
          {kind !== 'json' && (
            <TabsList aria-label="How to ask">
              <TabsTrigger value="form">{kind === 'chat' ? 'Chat' : 'Form'}</TabsTrigger>
              <TabsTrigger value="json">JSON</TabsTrigger>
            </TabsList>
          )}
          <TabsContent value="form" className="pt-3">
            {kind === 'chat' ? (
              <ChatForm model={endpoint.name} onCancel={cancel} {...shared} />
            ) : (
              <RequestForm task={endpoint.task} kind={kind} {...shared} />
            )}
          </TabsContent>
          <TabsContent value="json" className="pt-3">
            <JsonForm task={endpoint.task} {...shared} />
          </TabsContent>
        </Tabs>
        <p className="text-muted-foreground text-xs">
          Calls go through the gateway with a token of 60 seconds that is counted under “Playground” in
          Analytics.
        </p>
      </Card>
      <Card
        className="grid min-h-40 content-start gap-3 p-4"
        aria-label="Answer"
        aria-live="polite"
        aria-busy={busy}
      >
        <h2 className="font-medium">Answer</h2>
        {state.phase === 'idle' && (
          <p className="text-muted-foreground text-sm">
            The endpoint’s answer appears here, with its status, time and request id.
          </p>
        )}
        {state.phase === 'calling' &&
          (state.partial ? (
            <p className="whitespace-pre-wrap">{state.partial}</p>
          ) : (
            <Skeleton className="h-16" />
          ))}
        {state.phase === 'failed' && (
          <p role="alert" className="text-destructive text-sm">
            {state.message}
          </p>
        )}
        {state.phase === 'done' && <AnswerView result={state.result} />}
      </Card>
    </div>
  )
}

function startingText(endpoint: EndpointDetail): string | null {
  if (endpoint.readyReplicas > 0) return null
  if (IN_FLIGHT_STATES.includes(endpoint.state))
    return 'It is still starting: calls are answered 503 until a replica is ready.'
  return endpoint.state === 'failed' ? 'It has failed: calls are answered 503. The logs say why.' : null
}
