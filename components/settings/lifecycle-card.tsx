'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { PauseDialog } from '@/components/endpoints/pause-dialog'
import { usePauseResume } from '@/components/endpoints/use-pause-resume'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from '@/components/ui/dialog'
import { Field, FieldInput } from '@/components/ui/field'
import { removeEndpoint } from '@/lib/actions/endpoints'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { routes } from '@/lib/routes'
import { ScaleToZero } from './scale-to-zero'

type Props = { team: string; endpoint: EndpointDetail; canChange: boolean; hasScaleToZero: boolean }

/** Pause, resume, scale to zero, delete. */
export function LifecycleCard({ team, endpoint, canChange, hasScaleToZero }: Props) {
  const [isAsking, setAsking] = useState(false)
  const { isPaused, isPending, pause, resume, whyNotPause, whyNotResume } = usePauseResume(endpoint)
  const obstacle = isPaused ? whyNotResume : whyNotPause
  return (
    <Card className="grid gap-4 p-4" aria-label="Pause and delete">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="font-medium">{isPaused ? 'Resume' : 'Pause'}</h2>
          <p className="text-muted-foreground text-xs">
            {isPaused
              ? 'Starts its replicas again with the same settings.'
              : 'Stops all replicas and their cost. Settings, analytics and logs stay.'}
          </p>
        </div>
        <Button
          variant="outline"
          disabled={isPending || obstacle !== null}
          title={obstacle ?? undefined}
          onClick={() => (isPaused ? resume() : setAsking(true))}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
        <PauseDialog endpoint={endpoint} isOpen={isAsking} onOpenChange={setAsking} onConfirm={pause} />
      </div>
      {hasScaleToZero && <ScaleToZero team={team} endpoint={endpoint} canChange={canChange} />}
      <div className="flex flex-wrap items-center justify-between gap-3 border-t pt-4">
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="font-medium">Delete</h2>
          <p className="text-muted-foreground text-xs">
            Stops and removes everything of it. Its kept logs and analytics expire by themselves.
          </p>
        </div>
        <DeleteDialog
          team={team}
          name={endpoint.name}
          disabled={!canChange || whyNot('remove', endpoint) !== null}
        />
      </div>
    </Card>
  )
}

function DeleteDialog({ team, name, disabled }: { team: string; name: string; disabled: boolean }) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const { run, isPending, error } = useAction(removeEndpoint, {
    invalidates: ['endpoints.list', 'endpoints.get'],
    onSuccess: () => {
      toast.success(`${name} is being deleted.`)
      router.push(routes.team.endpoints(team))
    },
  })
  return (
    <Dialog onOpenChange={() => setTyped('')}>
      <DialogTrigger asChild>
        <Button variant="destructive" disabled={disabled}>
          Delete
        </Button>
      </DialogTrigger>
      <DialogContent>
        <form
          className="grid gap-4"
          onSubmit={event => {
            event.preventDefault()
            run({ team, endpoint: name, typedName: typed })
          }}
        >
          <DialogHeader>
            <DialogTitle>Delete {name}?</DialogTitle>
            <DialogDescription>Callers get 404 from now on. This cannot be undone.</DialogDescription>
          </DialogHeader>
          <Field label={`Type ${name} to confirm`} error={error?.message}>
            <FieldInput
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={event => setTyped(event.target.value)}
            />
          </Field>
          <DialogFooter>
            <Button type="submit" variant="destructive" disabled={isPending || typed !== name}>
              {isPending ? 'Deleting…' : 'Delete endpoint'}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}
