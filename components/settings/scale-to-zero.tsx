'use client'

import { Button } from '@/components/ui/button'
import { scaleEndpointToZero } from '@/lib/actions/endpoints'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'

type Props = { team: string; endpoint: EndpointDetail; canChange: boolean }

/** No replicas until the next request: offered where the provider wakes endpoints, and the minimum allows it. */
export function ScaleToZero({ team, endpoint, canChange }: Props) {
  const { run, isPending } = useAction(scaleEndpointToZero, {
    invalidates: ['endpoints.list', 'endpoints.get', 'endpoints.events'],
    onError: error => void toast.error(error.message),
  })
  const obstacle =
    endpoint.spec.hardware.scaling.minReplicas > 0
      ? 'Its minimum is above zero replicas; set it to 0 first.'
      : endpoint.state === 'scaledToZero'
        ? 'It has no replicas; the next request wakes it.'
        : whyNot('scaleToZero', endpoint)
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-t pt-4">
      <div className="min-w-0 flex-1 basis-56">
        <h2 className="font-medium">Scale to zero</h2>
        <p className="text-muted-foreground text-xs">
          {obstacle ??
            'Stops all replicas and their cost until the next request, which has to wait for a start.'}
        </p>
      </div>
      <Button
        variant="outline"
        disabled={!canChange || isPending || obstacle !== null}
        onClick={() => run({ team, endpoint: endpoint.name })}
      >
        Scale to zero
      </Button>
    </div>
  )
}
