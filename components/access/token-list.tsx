'use client'

import { KeyRoundIcon } from 'lucide-react'
import { DataTable } from '@/components/data-table/data-table'
import { EmptyState } from '@/components/feedback/empty-state'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { useResource } from '@/lib/client/use-resource'
import { canRevokeToken } from '@/lib/domain/access/rights'
import { tokensList } from '@/lib/queries/tokens'
import { CreateTokenDialog } from './create-token-dialog'
import { RevokeToken } from './revoke-token'
import { TOKEN_COLUMNS } from './token-columns'

/** The team's tokens that are not revoked; never their texts. */
export function TokenList() {
  const team = useTeam()
  const asker = useAsker()
  const { data } = useResource(tokensList, { team: team.slug })
  if (data.items.length === 0)
    return (
      <EmptyState icon={KeyRoundIcon} title="No tokens yet" action={<CreateTokenDialog />}>
        Scripts call endpoints and this portal’s API with a token of their own, so that each can be counted
        and revoked alone.
      </EmptyState>
    )
  return (
    <DataTable
      label="Tokens"
      columns={TOKEN_COLUMNS}
      rows={data.items}
      rowKey={token => token.id}
      rowActions={token => (
        <RevokeToken
          team={team.slug}
          token={token}
          isAllowed={canRevokeToken(asker, { teamId: team.id, userId: token.createdById })}
        />
      )}
    />
  )
}
