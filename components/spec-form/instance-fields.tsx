'use client'

import { CpuIcon, MemoryStickIcon, MicrochipIcon } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Field, FieldInput } from '@/components/ui/field'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { misfitOf, suggestInstance } from '@/lib/domain/endpoint/draft-check'
import { formatUsdPerHour } from '@/lib/domain/format/money'
import type { CatalogView } from '@/lib/domain/hardware/catalog'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { shortInstanceLabel } from '@/lib/domain/hardware/short-label'

type Props = {
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
  provider: CatalogView['providers'][number]
}

const GIB = 1024 ** 3

/** Accelerator, instance tiles and replicas of one provider's region. */
export function InstanceFields({ draft, update, provider }: Props) {
  const here = provider.instanceTypes.filter(instance => instance.region === draft.region)
  const hasGpu = here.some(instance => instance.accelerator === 'gpu')
  const shown = here.filter(instance => instance.accelerator === draft.accelerator)
  const suggested = suggestInstance(here, draft)
  return (
    <div className="grid gap-5">
      <div className="grid gap-1.5">
        <span className="font-medium text-sm" id="accelerator">
          Accelerator
        </span>
        <ToggleGroup
          type="single"
          aria-labelledby="accelerator"
          value={draft.accelerator}
          onValueChange={value =>
            value && update({ accelerator: value === 'gpu' ? 'gpu' : 'cpu', instanceType: null })
          }
        >
          <ToggleGroupItem value="cpu">CPU</ToggleGroupItem>
          <ToggleGroupItem value="gpu" disabled={!hasGpu}>
            GPU
          </ToggleGroupItem>
        </ToggleGroup>
        {!hasGpu && <p className="text-muted-foreground text-xs">No GPU was found here.</p>}
      </div>
      <RadioGroup
        aria-label="Instance type"
        value={draft.instanceType ?? ''}
        onValueChange={instanceType => update({ instanceType })}
        className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3"
      >
        {shown.map(instance => (
          <InstanceTile
            key={instance.id}
            instance={instance}
            misfit={misfitOf(instance, draft)}
            suggested={instance.id === suggested?.id}
          />
        ))}
      </RadioGroup>
      {provider.capabilities.replicas && <ReplicasField draft={draft} update={update} />}
      {!provider.capabilities.autoscaling && (
        <p className="text-muted-foreground text-xs">
          {provider.label} runs a fixed number of replicas: it has no autoscaling and no scale to zero.
        </p>
      )}
    </div>
  )
}

function InstanceTile({
  instance,
  misfit,
  suggested,
}: {
  instance: InstanceType
  misfit: string | null
  suggested: boolean
}) {
  return (
    <RadioTile value={instance.id} disabled={misfit !== null} className="grid content-start gap-1.5">
      <span className="flex items-center justify-between gap-2">
        <span className="font-medium">
          {shortInstanceLabel({ provider: instance.provider, instanceLabel: instance.label })}
        </span>
        {suggested && <Badge variant="secondary">Suggested</Badge>}
      </span>
      <span className="flex flex-wrap gap-x-3 gap-y-1 text-muted-foreground text-xs tabular-nums [&_svg]:size-3.5">
        <span className="flex items-center gap-1">
          <CpuIcon aria-hidden /> {instance.cpus} {instance.cpus === 1 ? 'CPU' : 'CPUs'}
        </span>
        <span className="flex items-center gap-1">
          <MemoryStickIcon aria-hidden /> {(instance.memoryBytes / GIB).toFixed(1)} GiB
        </span>
        {instance.gpu && (
          <span className="flex items-center gap-1">
            <MicrochipIcon aria-hidden /> {instance.gpu.count} × {instance.gpu.model},{' '}
            {(instance.gpu.memoryBytes / GIB).toFixed(0)} GiB
          </span>
        )}
      </span>
      <span className="text-xs tabular-nums">{formatUsdPerHour(instance.priceUsdPerHour)}</span>
      {misfit && <span className="text-state-warning text-xs">{misfit}</span>}
    </RadioTile>
  )
}

function ReplicasField({ draft, update }: Pick<Props, 'draft' | 'update'>) {
  return (
    <Field
      label="Replicas"
      description="Running copies. Two or more keep answering while one is replaced or restarts."
      className="max-w-72"
    >
      <FieldInput
        type="number"
        min={1}
        max={64}
        value={draft.replicas}
        onChange={event =>
          update({ replicas: Math.max(1, Math.min(64, Math.round(Number(event.target.value)) || 1)) })
        }
      />
    </Field>
  )
}
