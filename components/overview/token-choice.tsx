'use client'

import { useAsker, useTeam } from '@/components/layout/team-context'
import { Button } from '@/components/ui/button'
import { createToken } from '@/lib/actions/tokens'
import { useAction } from '@/lib/client/use-action'
import { canCreateToken } from '@/lib/domain/access/rights'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'

const TOKEN_LIFE_DAYS = 90

type Props = {
  team: string
  endpoint: EndpointDetail
  /** The text filled in; null reads `$SLIPWAY_TOKEN`. */
  token: string | null
  onChange: (token: string | null) => void
}

/** Makes an infer token for this endpoint and fills it in until the page is left, or goes back to the variable. */
export function TokenChoice({ team, endpoint, token, onChange }: Props) {
  const asker = useAsker()
  const { id } = useTeam()
  const { run, isPending, error } = useAction(createToken, {
    invalidates: ['tokens.list'],
    onSuccess: created => onChange(created.text),
  })
  if (token !== null)
    return (
      <>
        <span className="text-state-good text-xs">Token filled in</span>
        <Button variant="ghost" size="sm" onClick={() => onChange(null)}>
          Use $SLIPWAY_TOKEN
        </Button>
      </>
    )
  if (!canCreateToken(asker, { id }, 'infer')) return null
  const make = () =>
    run({
      team,
      name: `Snippet for ${endpoint.name}`,
      scope: 'infer',
      endpoint: endpoint.id,
      expiresInDays: TOKEN_LIFE_DAYS,
    })
  return (
    <>
      {error && (
        <span role="alert" className="text-destructive text-xs">
          {error.message}
        </span>
      )}
      <Button
        variant="outline"
        size="sm"
        disabled={isPending}
        title={`May only call ${endpoint.name}; ends after ${TOKEN_LIFE_DAYS} days.`}
        onClick={make}
      >
        Create a token for this
      </Button>
    </>
  )
}
