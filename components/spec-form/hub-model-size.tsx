'use client'

import { useStaysInView } from '@/lib/client/use-stays-in-view'
import { formatCompactCount } from '@/lib/domain/format/count'
import { formatBytes } from '@/lib/domain/format/measure'
import type { HubModelSummary } from '@/lib/domain/hub/model'
import { useHubModel } from './use-hub-model'

/** Long enough that results somebody types past are not asked for. */
const LOOKED_AT_MS = 600

/** What a model weighs: from its safetensors where the list knows them, else its ONNX files once somebody looks. */
export function HubModelSize({ team, model }: { team: string; model: HubModelSummary }) {
  if (!model.safetensors) return <WeighedSize team={team} repository={model.id} />
  const { parameters, bytes } = model.safetensors
  return (
    <Size
      title={`${formatCompactCount(parameters)} parameters in safetensors; the ONNX weights are weighed once it is chosen`}
    >
      ≈ {formatBytes(bytes)}
    </Size>
  )
}

function WeighedSize({ team, repository }: { team: string; repository: string }) {
  const { ref, stayed } = useStaysInView<HTMLSpanElement>(LOOKED_AT_MS)
  const model = useHubModel({ team, repository, enabled: stayed })
  const bytes = model.data?.weightsBytes
  return (
    <span ref={ref}>
      {bytes ? (
        <Size title="The weights that are loaded">{formatBytes(bytes)}</Size>
      ) : (
        <Size title={model.isError ? model.error.message : undefined}>
          {model.isPending ? '…' : 'unknown'}
        </Size>
      )}
    </span>
  )
}

function Size({ title, children }: { title: string | undefined; children: React.ReactNode }) {
  return (
    <span title={title} className="inline-block sm:min-w-18 sm:text-right">
      <span className="sr-only">Size</span> {children}
    </span>
  )
}
