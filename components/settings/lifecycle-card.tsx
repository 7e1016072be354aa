'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { toast } from 'sonner'
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
import { pauseEndpoint, removeEndpoint, resumeEndpoint } from '@/lib/actions/endpoints'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { routes } from '@/lib/routes'

type Props = { team: string; endpoint: EndpointDetail; canChange: boolean }

/** Pause, resume, delete. */
export function LifecycleCard({ team, endpoint, canChange }: Props) {
  const client = useQueryClient()
  const [busy, start] = useTransition()
  const paused = endpoint.desired === 'paused'
  const verb = paused ? resumeEndpoint : pauseEndpoint
  const obstacle = whyNot(paused ? 'resume' : 'pause', endpoint)

  const toggle = () =>
    start(async () => {
      const result = await verb({ team, endpoint: endpoint.name })
      if (!result.ok) return void toast.error(result.error.message)
      toast.success(paused ? 'Resuming.' : 'Pausing: requests in flight are finished first.')
      await client.invalidateQueries({
        predicate: query => String(query.queryKey[0]).startsWith('endpoints.'),
      })
    })

  return (
    <Card className="gap-4 p-4" aria-label="Pause and delete">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 className="font-medium">{paused ? 'Resume' : 'Pause'}</h2>
          <p className="text-muted-foreground text-xs">
            {paused
              ? 'Starts its replicas again with the same settings.'
              : 'Stops all replicas and their cost; requests are refused until somebody resumes it. Settings, analytics and logs stay.'}
          </p>
        </div>
        <Button
          variant="outline"
          disabled={!canChange || busy || obstacle !== null}
          title={obstacle ?? undefined}
          onClick={toggle}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3 border-t pt-4">
        <div>
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
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, start] = useTransition()

  const remove = () =>
    start(async () => {
      const result = await removeEndpoint({ team, endpoint: name, typedName: typed })
      if (!result.ok) return setProblem(result.error.message)
      toast.success(`${name} is being deleted.`)
      await client.invalidateQueries({ queryKey: ['endpoints.list'] })
      router.push(routes.team.endpoints(team))
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
            remove()
          }}
        >
          <DialogHeader>
            <DialogTitle>Delete {name}?</DialogTitle>
            <DialogDescription>Callers get 404 from now on. This cannot be undone.</DialogDescription>
          </DialogHeader>
          <Field label={`Type ${name} to confirm`} error={problem}>
            <FieldInput
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={event => setTyped(event.target.value)}
            />
          </Field>
          <DialogFooter>
            <Button type="submit" variant="destructive" disabled={busy || typed !== name}>
              {busy ? 'Deleting…' : 'Delete endpoint'}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}
