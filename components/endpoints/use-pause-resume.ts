'use client'

import { useAsker, useTeam } from '@/components/layout/team-context'
import { pauseEndpoint, resumeEndpoint } from '@/lib/actions/endpoints'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import { canPauseEndpoint, canResumeEndpoint } from '@/lib/domain/access/rights'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import type { EndpointSummary } from '@/lib/domain/endpoint/view'

const INVALIDATES = ['endpoints.list', 'endpoints.get', 'endpoints.events']
const NO_RIGHT = 'Your role in this team may look, not change.'

export type PauseTarget = Pick<
  EndpointSummary,
  'id' | 'team' | 'name' | 'provider' | 'state' | 'desired' | 'removedAt' | 'isReadOnly'
>

/** Pause and resume of one endpoint, with the sentence why one of them is not possible now. */
export function usePauseResume(endpoint: PauseTarget) {
  const asker = useAsker()
  const { id: teamId } = useTeam()
  const options = {
    invalidates: INVALIDATES,
    onError: (error: { message: string }) => void toast.error(error.message),
  }
  const pause = useAction(pauseEndpoint, options)
  const resume = useAction(resumeEndpoint, options)

  const target = { id: endpoint.id, teamId }
  const input = { team: endpoint.team, endpoint: endpoint.name }
  return {
    isPending: pause.isPending || resume.isPending,
    isPaused: endpoint.desired === 'paused',
    pause: () => pause.run(input),
    resume: () => resume.run(input),
    whyNotPause: canPauseEndpoint(asker, target) ? whyNot('pause', endpoint) : NO_RIGHT,
    whyNotResume: canResumeEndpoint(asker, target) ? whyNot('resume', endpoint) : NO_RIGHT,
  }
}
