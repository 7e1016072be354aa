'use client'

import { useQuery } from '@tanstack/react-query'
import { RelativeTime } from '@/components/feedback/relative-time'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { updateEndpoint } from '@/lib/actions/endpoints'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import type { EndpointDetail, RevisionView } from '@/lib/domain/endpoint/view'
import { endpointRevisions } from '@/lib/queries/endpoints'
import { browserTransport, keyOf } from '@/lib/queries/transport'

type Props = { team: string; endpoint: EndpointDetail; canUpdate: boolean }

/** Every version of the spec; an older one can be made the newest again. */
export function RevisionHistory({ team, endpoint, canUpdate }: Props) {
  const input = { team, endpoint: endpoint.name }
  const history = useQuery({
    // A new revision is a new list.
    queryKey: [...keyOf(endpointRevisions, input), endpoint.revision],
    queryFn: ({ signal }) => browserTransport(endpointRevisions, input, signal),
  })

  const restoring = useAction(updateEndpoint, {
    invalidates: ['endpoints.list', 'endpoints.get', 'endpoints.events', 'endpoints.revisions'],
    onSuccess: next => void toast.success(`Revision ${next.revision} is rolling out.`),
    onError: error => void toast.error(error.message),
  })

  const restore = (revision: RevisionView) => {
    const { secretNames, ...spec } = revision.spec
    // Values of secrets are not read back from old revisions: those that still exist keep their newest value.
    const known = secretNames.filter(name => endpoint.spec.secretNames.includes(name))
    const secrets = Object.fromEntries(known.map(name => [name, null]))
    restoring.run({ ...input, baseRevision: endpoint.revision, spec, secrets })
  }

  return (
    <Card className="grid gap-3 p-4" aria-label="Revisions">
      <h2 className="font-medium">Revisions</h2>
      {history.isPending ? (
        <Skeleton className="h-24" />
      ) : history.isError ? (
        <p role="alert" className="text-destructive text-sm">
          {history.error.message}
        </p>
      ) : (
        <ol className="grid gap-2">
          {history.data.items.map(revision => (
            <li
              key={revision.number}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t pt-2 first:border-0 first:pt-0"
            >
              <span className="font-medium tabular-nums">#{revision.number}</span>
              {revision.number === endpoint.servingRevision && <Badge variant="secondary">Serving</Badge>}
              <span className="min-w-0 flex-1 basis-60 break-words">{revision.summary}</span>
              <span className="text-muted-foreground text-xs">
                {revision.createdBy?.name ?? 'Slipway'}, <RelativeTime at={revision.createdAt} />
              </span>
              {revision.number !== endpoint.revision && (
                <Button
                  size="xs"
                  variant="outline"
                  disabled={!canUpdate || restoring.isPending}
                  onClick={() => restore(revision)}
                >
                  Restore<span className="sr-only"> revision {revision.number}</span>
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
