'use client'

import { LoaderCircleIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { testConnection } from '@/lib/actions/connections'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import type { ConnectionView } from '@/lib/domain/connections/view'

/** Tries every permission again. */
export function TestConnection({ team, connection }: { team: string; connection: ConnectionView }) {
  const { run, isPending } = useAction(testConnection, {
    invalidates: ['connections.list'],
    onSuccess: ({ name, problem }) =>
      void (problem ? toast.error(problem) : toast.success(`${name} was tested.`)),
    onError: error => void toast.error(error.message),
  })
  return (
    <Button
      variant="outline"
      size="sm"
      aria-disabled={isPending || undefined}
      onClick={() => !isPending && run({ team, connectionId: connection.id })}
    >
      {isPending && <LoaderCircleIcon className="animate-spin" aria-hidden />}
      Test again<span className="sr-only"> {connection.name}</span>
    </Button>
  )
}
