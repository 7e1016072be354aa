'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from '@/components/ui/dialog'
import type { ConnectionView } from '@/lib/domain/connections/view'
import { ConnectionForm } from './connection-form'
import { PermissionList } from './permission-list'

/** The form of a new or existing connection, and what its test found. */
export function ConnectionDialog({
  connection,
  children,
}: {
  connection?: ConnectionView
  children: ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  const [saved, setSaved] = useState<ConnectionView | null>(null)
  const change = (next: boolean) => {
    setOpen(next)
    setSaved(null)
  }
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>{children}</DialogTrigger>
      <DialogContent className="max-w-lg">
        {saved ? (
          <div className="grid gap-4">
            <DialogHeader>
              <DialogTitle>{saved.name} is saved</DialogTitle>
              <DialogDescription>Each permission was tried:</DialogDescription>
            </DialogHeader>
            <PermissionList permissions={saved.permissions} />
            <DialogFooter>
              <Button onClick={() => change(false)}>Done</Button>
            </DialogFooter>
          </div>
        ) : (
          <ConnectionForm {...(connection ? { connection } : {})} onSaved={setSaved} />
        )}
      </DialogContent>
    </Dialog>
  )
}
