'use client'

import dynamic from 'next/dynamic'
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
import { Skeleton } from '@/components/ui/skeleton'
import type { ConnectionKind } from '@/lib/domain/connections/connection'
import type { ConnectionView } from '@/lib/domain/connections/view'
import { ConnectionForm } from './connection-form'
import { KindChoice } from './kind-choice'
import { PermissionList } from './permission-list'

const AwsConnectionForm = dynamic(
  () => import('./aws-connection-form').then(module => module.AwsConnectionForm),
  { ssr: false, loading: () => <Skeleton className="h-96" /> },
)
const AzureConnectionForm = dynamic(
  () => import('./azure-connection-form').then(module => module.AzureConnectionForm),
  { ssr: false, loading: () => <Skeleton className="h-96" /> },
)
const FORMS = {
  huggingface: ConnectionForm,
  sagemaker: AwsConnectionForm,
  'azure-ml': AzureConnectionForm,
} as const

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
          <Saved saved={saved} onDone={() => change(false)} />
        ) : (
          <Filling {...(connection ? { connection } : {})} onSaved={setSaved} />
        )}
      </DialogContent>
    </Dialog>
  )
}

function Filling(props: { connection?: ConnectionView; onSaved: (saved: ConnectionView) => void }) {
  const { connection } = props
  const [kind, setKind] = useState<ConnectionKind>(connection?.settings.kind ?? 'huggingface')
  const Form = FORMS[kind]
  return (
    <div className="grid min-w-0 gap-4">
      <DialogHeader>
        <DialogTitle>{connection ? `Change ${connection.name}` : 'New connection'}</DialogTitle>
        <DialogDescription>
          Endpoints of this connection run in this account, on its bill. Its secrets are sealed and never
          shown again.
        </DialogDescription>
      </DialogHeader>
      {!connection && <KindChoice kind={kind} onChange={setKind} />}
      <Form {...props} />
    </div>
  )
}

function Saved({ saved, onDone }: { saved: ConnectionView; onDone: () => void }) {
  return (
    <div className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{saved.name} is saved</DialogTitle>
        <DialogDescription>Each permission was tried:</DialogDescription>
      </DialogHeader>
      <PermissionList permissions={saved.permissions} />
      <DialogFooter>
        <Button onClick={onDone}>Done</Button>
      </DialogFooter>
    </div>
  )
}
