'use client'

import { useCurrentEndpoint } from '@/components/endpoints/use-current-endpoint'
import { Card } from '@/components/ui/card'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { createPlaygroundToken } from '@/lib/actions/endpoints'
import { callAction } from '@/lib/client/use-action'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import { IN_FLIGHT_STATES } from '@/lib/domain/endpoint/state'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { formKindOf } from '@/lib/domain/playground/form'
import { ok } from '@/lib/domain/result'
import { AnswerCard } from './answer-card'
import { ChatForm } from './chat-form'
import { JsonForm } from './json-form'
import { RequestForm } from './request-form'
import { useCall } from './use-call'

const SILENCE = 'The gateway did not answer. Is it running, and can this browser reach its address?'

/** Try the endpoint: a form for its task or raw JSON, through the gateway like any client. */
export function Playground() {
  const { team, endpoint } = useCurrentEndpoint()
  const { state, call, cancel } = useCall(async () => {
    const token = await callAction(createPlaygroundToken, { team, endpoint: endpoint.name })
    if (!token.ok) return token
    return ok({ url: token.data.url, headers: { authorization: `Bearer ${token.data.text}` } })
  }, SILENCE)
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
      <AnswerCard
        state={state}
        idle="The endpoint’s answer appears here, with its status, time and request id."
      />
    </div>
  )
}

function startingText(endpoint: EndpointDetail): string | null {
  if (endpoint.readyReplicas > 0) return null
  if (IN_FLIGHT_STATES.includes(endpoint.state))
    return 'It is still starting: calls are answered 503 until a replica is ready.'
  return endpoint.state === 'failed' ? 'It has failed: calls are answered 503. The logs say why.' : null
}
