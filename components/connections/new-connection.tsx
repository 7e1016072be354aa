'use client'

import { PlusIcon } from 'lucide-react'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { Button } from '@/components/ui/button'
import { canManageConnections } from '@/lib/domain/access/rights'
import { ConnectionDialog } from './connection-dialog'

/** For those who may; the others are told whom to ask. */
export function NewConnection() {
  const team = useTeam()
  if (!canManageConnections(useAsker(), team))
    return <p className="text-muted-foreground text-sm">Owners and admins of the team add connections.</p>
  return (
    <ConnectionDialog>
      <Button>
        <PlusIcon aria-hidden /> New connection
      </Button>
    </ConnectionDialog>
  )
}
