'use client'

import { KeyRoundIcon } from 'lucide-react'
import { EmptyState } from '@/components/feedback/empty-state'
import { RelativeTime } from '@/components/feedback/relative-time'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { Badge } from '@/components/ui/badge'
import { useResource } from '@/lib/client/use-resource'
import { canRevokeToken } from '@/lib/domain/access/rights'
import { TOKEN_SCOPE_INFO } from '@/lib/domain/access/tokens'
import { tokensList } from '@/lib/queries/tokens'
import { CreateTokenDialog } from './create-token-dialog'
import { RevokeToken } from './revoke-token'

/** The team's living tokens; never their texts. */
export function TokenList() {
  const team = useTeam()
  const asker = useAsker()
  const { data } = useResource(tokensList, { team: team.slug })
  if (data.items.length === 0) {
    return (
      <EmptyState icon={KeyRoundIcon} title="No tokens yet" action={<CreateTokenDialog />}>
        Scripts call endpoints and this portal’s API with a token of their own, so that each can be counted
        and revoked alone.
      </EmptyState>
    )
  }
  return (
    <ul className="divide-y">
      {data.items.map(token => (
        <li key={token.id} className="flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2.5">
          <div className="min-w-0 flex-1 basis-56">
            <p className="truncate font-medium">{token.name}</p>
            <p className="font-mono text-muted-foreground text-xs">{token.preview}…</p>
          </div>
          <div className="flex basis-56 flex-wrap gap-1.5">
            <Badge variant="outline" title={TOKEN_SCOPE_INFO[token.scope]}>
              {token.scope}
            </Badge>
            <Badge variant="secondary">{token.endpoint?.name ?? 'all endpoints'}</Badge>
          </div>
          <dl className="grid basis-72 grid-cols-3 gap-x-4 text-xs [&_dt]:text-muted-foreground">
            <div>
              <dt>Created</dt>
              <dd title={`by ${token.createdBy}`}>
                <RelativeTime at={token.createdAt} />
              </dd>
            </div>
            <div>
              <dt>Last used</dt>
              <dd>{token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : 'never'}</dd>
            </div>
            <div>
              <dt>Expires</dt>
              <dd>{token.expiresAt ? <RelativeTime at={token.expiresAt} /> : 'never'}</dd>
            </div>
          </dl>
          <RevokeToken
            team={team.slug}
            token={token}
            isAllowed={canRevokeToken(asker, { teamId: team.id, userId: token.createdById })}
          />
        </li>
      ))}
    </ul>
  )
}
