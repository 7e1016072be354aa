'use client'

import { CircleCheckIcon, TriangleAlertIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { useLazyResource } from '@/lib/client/use-resource'
import { hostPortOf } from '@/lib/domain/network/host-port'
import { networkReach } from '@/lib/queries/network'

type Props = { team: string; address: string; onDirect: () => void }

/** Asks the gateways whether they reach the address; where they do not, callers can go there themselves. */
export function ReachCheck({ team, address, onDirect }: Props) {
  const [asked, setAsked] = useState<string | null>(null)
  const isAsked = asked === address
  const { data, error, isFetching, refetch } = useLazyResource(
    networkReach,
    { team, address },
    { enabled: isAsked },
  )
  const isReachable = data?.reach === 'reachable'
  return (
    <div className="grid gap-2">
      <Button
        type="button"
        variant="outline"
        size="sm"
        className="justify-self-start"
        disabled={isFetching || hostPortOf(address) === null}
        onClick={() => (isAsked ? void refetch() : setAsked(address))}
      >
        {isFetching ? 'Checking…' : 'Check from the gateway'}
      </Button>
      {isAsked && !isFetching && (data || error) && (
        <p role="status" className="flex gap-1.5 text-xs">
          {isReachable ? (
            <CircleCheckIcon className="size-4 shrink-0 text-state-good" aria-hidden />
          ) : (
            <TriangleAlertIcon className="size-4 shrink-0 text-state-warning" aria-hidden />
          )}
          <span>
            {error?.message ?? data?.message}{' '}
            {!isReachable && (
              <button type="button" className="underline underline-offset-2" onClick={onDirect}>
                Make it direct only
              </button>
            )}
          </span>
        </p>
      )}
    </div>
  )
}
