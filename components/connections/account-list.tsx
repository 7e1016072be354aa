'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { StateBadge } from '@/components/feedback/state-badge'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { adoptEndpoint } from '@/lib/actions/endpoints'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import type { AccountEndpointView } from '@/lib/domain/connections/account-endpoints'
import { STATE_INFO } from '@/lib/domain/endpoint/state'
import { formatUsdPerHour } from '@/lib/domain/format/money'
import { accountEndpoints } from '@/lib/queries/connections'
import { browserTransport, keyOf } from '@/lib/queries/transport'
import { routes } from '@/lib/routes'

type Account = { team: string; connectionId: string }

/** Asked of the provider when it is opened: nothing of it is kept here. */
export function AccountList(account: Account) {
  const { data, error } = useQuery({
    queryKey: keyOf(accountEndpoints, account),
    queryFn: () => browserTransport(accountEndpoints, account),
    staleTime: 0,
    retry: false,
  })
  if (error) return <p className="text-sm text-state-bad">{error.message}</p>
  if (!data) return <Skeleton className="h-40" />
  if (data.items.length === 0)
    return <p className="text-muted-foreground text-sm">There is no endpoint in this account.</p>
  return (
    <ul aria-label="Endpoints in this account" className="max-h-[60vh] divide-y overflow-y-auto">
      {data.items.map(found => (
        <AccountRow key={found.name} account={account} found={found} />
      ))}
    </ul>
  )
}

function AccountRow({ account, found }: { account: Account; found: AccountEndpointView }) {
  const { name, state, replicas, model, hardware, region, priceUsdPerHour } = found
  // Of what may not be looked at, nothing is known but its state.
  const isKnown = hardware !== null || replicas > 0
  const facts = [
    model,
    hardware,
    region,
    isKnown ? `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}` : null,
    hardware === null ? null : `${formatUsdPerHour(priceUsdPerHour)} each`,
  ]
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3">
          <span className="break-all font-medium">{name}</span>
          <StateBadge state={STATE_INFO[state]} />
        </p>
        <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
          {facts.filter(Boolean).join(' · ')}
        </p>
      </div>
      <Standing account={account} found={found} />
    </li>
  )
}

/** What it is to us: known here, somebody else's, or free to adopt. */
function Standing({ account, found }: { account: Account; found: AccountEndpointView }) {
  const { team } = account
  const { run, isPending } = useAction(adoptEndpoint, {
    invalidates: ['connections.endpoints', 'connections.list', 'endpoints.list'],
    onSuccess: ({ name }) => void toast.success(`${name} is adopted, to look at.`),
    onError: ({ message }) => void toast.error(message),
  })
  if (found.endpoint !== null)
    return (
      <Link href={routes.endpoint(team, found.endpoint)} className="text-sm underline underline-offset-2">
        {found.endpoint}
      </Link>
    )
  if (found.obstacle !== null) return <span className="text-muted-foreground text-xs">{found.obstacle}</span>
  return (
    <Button
      variant="outline"
      size="sm"
      disabled={isPending}
      onClick={() => run({ ...account, name: found.name })}
    >
      Adopt<span className="sr-only"> {found.name}</span>
    </Button>
  )
}
