'use client'

import { TriangleAlertIcon } from 'lucide-react'
import Link from 'next/link'
import { RelativeTime } from '@/components/feedback/relative-time'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { canCreateEndpoint, canManageConnections } from '@/lib/domain/access/rights'
import type { ConnectionSettings } from '@/lib/domain/connections/connection'
import type { ConnectionView } from '@/lib/domain/connections/view'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { routes } from '@/lib/routes'
import { AccountEndpoints } from './account-endpoints'
import { ConnectionDialog } from './connection-dialog'
import { PermissionList } from './permission-list'
import { RemoveConnection } from './remove-connection'
import { TestConnection } from './test-connection'

/** One account: where it is, what it may do, and what runs in it. */
export function ConnectionCard({ connection }: { connection: ConnectionView }) {
  const team = useTeam()
  const asker = useAsker()
  const isAllowed = canManageConnections(asker, team)
  const mayAdopt = canCreateEndpoint(asker, team)
  const { name, settings, permissions, problem, checkedAt } = connection
  return (
    <Card className="grid content-start gap-4 p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 className="truncate font-semibold text-base">{name}</h2>
          <p className="break-all text-muted-foreground text-xs">
            <span className="font-mono">{accountName(settings)}</span>
            {settings.baseUrl !== null && (
              <>
                {' '}
                at <span className="font-mono">{settings.baseUrl}</span>
              </>
            )}
          </p>
        </div>
        <Badge variant="outline">{PROVIDER_LABELS[settings.kind]}</Badge>
      </div>
      {problem === null ? (
        <PermissionList permissions={permissions} />
      ) : (
        <p className="flex gap-2 text-sm">
          <TriangleAlertIcon className="mt-0.5 size-4 shrink-0 text-state-bad" aria-hidden /> {problem}
        </p>
      )}
      <p className="text-muted-foreground text-xs">
        Tested <RelativeTime at={checkedAt} />. {connection.createdBy && `Added by ${connection.createdBy}.`}
      </p>
      <Users team={team.slug} names={connection.endpoints} />
      {(isAllowed || mayAdopt) && (
        <div className="flex flex-wrap gap-2 border-t pt-3">
          {isAllowed && (
            <>
              <TestConnection team={team.slug} connection={connection} />
              <ConnectionDialog connection={connection}>
                <Button variant="outline" size="sm">
                  Change<span className="sr-only"> {name}</span>
                </Button>
              </ConnectionDialog>
              <RemoveConnection team={team.slug} connection={connection} />
            </>
          )}
          {mayAdopt && <AccountEndpoints team={team.slug} connection={connection} />}
        </div>
      )}
    </Card>
  )
}

/** What tells one account of a kind from another. */
function accountName(settings: ConnectionSettings): string {
  switch (settings.kind) {
    case 'huggingface':
      return settings.namespace
    case 'sagemaker':
      return `${settings.region}, ${settings.roleArn}`
    case 'azure-ml':
      return `${settings.region}, ${settings.resourceGroup}/${settings.workspace}`
  }
}

function Users({ team, names }: { team: string; names: readonly string[] }) {
  if (names.length === 0) return <p className="text-muted-foreground text-sm">No endpoint uses it.</p>
  return (
    <p className="flex flex-wrap gap-x-2 text-sm">
      Used by
      {names.map(name => (
        <Link key={name} href={routes.endpoint(team, name)} className="underline underline-offset-2">
          {name}
        </Link>
      ))}
    </p>
  )
}
