'use client'

import dynamic from 'next/dynamic'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import type { CallState } from './use-call'

const AnswerView = dynamic(() => import('./answer-view').then(module => module.AnswerView), { ssr: false })

/** What came back, or how far it is. */
export function AnswerCard({ state, idle }: { state: CallState; idle: string }) {
  return (
    <Card
      className="grid min-h-40 content-start gap-3 p-4"
      aria-label="Answer"
      aria-live="polite"
      aria-busy={state.phase === 'calling'}
    >
      <h2 className="font-medium">Answer</h2>
      {state.phase === 'idle' && <p className="text-muted-foreground text-sm">{idle}</p>}
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
  )
}
