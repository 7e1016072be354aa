'use client'

import { PlugIcon } from 'lucide-react'
import { EmptyState } from '@/components/feedback/empty-state'
import { useTeam } from '@/components/layout/team-context'
import { Card } from '@/components/ui/card'
import { useResource } from '@/lib/client/use-resource'
import { connectionsList } from '@/lib/queries/connections'
import { ConnectionCard } from './connection-card'
import { NewConnection } from './new-connection'

/** The team's accounts at providers. */
export function ConnectionList() {
  const { data } = useResource(connectionsList, { team: useTeam().slug })
  if (data.items.length === 0)
    return (
      <Card>
        <EmptyState icon={PlugIcon} title="No connections yet" action={<NewConnection />}>
          This machine needs none. Connect a Hugging Face, AWS or Azure account to run endpoints on its
          hardware, on its bill, behind the same wizard, gateway and pages.
        </EmptyState>
      </Card>
    )
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {data.items.map(connection => (
        <ConnectionCard key={connection.id} connection={connection} />
      ))}
    </div>
  )
}
