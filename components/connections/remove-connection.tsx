'use client'

import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { Button } from '@/components/ui/button'
import { removeConnection } from '@/lib/actions/connections'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import type { ConnectionView } from '@/lib/domain/connections/view'

/** Offered only while nothing uses it. */
export function RemoveConnection({ team, connection }: { team: string; connection: ConnectionView }) {
  const { id, name, endpoints } = connection
  const { run, isPending } = useAction(removeConnection, {
    invalidates: ['connections.list', 'catalog.get'],
    onSuccess: () => void toast.success(`${name} is deleted.`),
    onError: error => void toast.error(error.message),
  })
  return (
    <ConfirmDialog
      trigger={
        <Button
          variant="outline"
          size="sm"
          disabled={endpoints.length > 0 || isPending}
          title={endpoints.length > 0 ? `Used by ${endpoints.join(', ')}.` : undefined}
        >
          Delete<span className="sr-only"> {name}</span>
        </Button>
      }
      title={`Delete ${name}?`}
      cancel="Keep it"
      confirm="Delete"
      onConfirm={() => run({ team, connectionId: id })}
    >
      Its secrets are forgotten here. The account itself and the keys or tokens in it stay as they are.
    </ConfirmDialog>
  )
}
