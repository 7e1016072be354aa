'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import type { ConnectionView } from '@/lib/domain/connections/view'

const AccountList = dynamic(() => import('./account-list').then(module => module.AccountList), {
  ssr: false,
  loading: () => <Skeleton className="h-40" />,
})

/** What exists in an account, to take under management. */
export function AccountEndpoints({ team, connection }: { team: string; connection: ConnectionView }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="outline" size="sm">
          Endpoints in this account<span className="sr-only"> {connection.name}</span>
        </Button>
      </DialogTrigger>
      <DialogContent className="max-w-2xl">
        <DialogHeader>
          <DialogTitle>Endpoints in {connection.name}</DialogTitle>
          <DialogDescription>
            An adopted endpoint gets charts, logs, costs and an address behind the gateway. Slipway only looks
            at it, until somebody lets it manage it.
          </DialogDescription>
        </DialogHeader>
        {isOpen && <AccountList team={team} connectionId={connection.id} />}
      </DialogContent>
    </Dialog>
  )
}
