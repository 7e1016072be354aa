'use client'

import { CpuIcon, MemoryStickIcon, MicrochipIcon } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { misfitOf, suggestInstance } from '@/lib/domain/endpoint/draft-check'
import { formatUsdPerHour } from '@/lib/domain/format/money'
import { ACCELERATORS, type Accelerator } from '@/lib/domain/hardware/accelerator'
import type { CatalogEntry } from '@/lib/domain/hardware/catalog'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { shortInstanceLabel } from '@/lib/domain/hardware/short-label'
import { ScalingFields } from './scaling-fields'

type Props = {
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
  provider: CatalogEntry
}

const GIB = 1024 ** 3

const acceleratorOf = (text: string): Accelerator => ACCELERATORS.find(known => known === text) ?? 'cpu'

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
          onValueChange={value => value && update({ accelerator: acceleratorOf(value), instanceType: null })}
        >
          <ToggleGroupItem value="cpu">CPU</ToggleGroupItem>
          <ToggleGroupItem value="gpu" disabled={!hasGpu}>
            GPU
          </ToggleGroupItem>
          {here.some(instance => instance.accelerator === 'neuron') && (
            <ToggleGroupItem value="neuron">Neuron</ToggleGroupItem>
          )}
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
      <Source provider={provider} />
      <ScalingFields draft={draft} update={update} provider={provider} />
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
      <span className="flex flex-wrap items-center justify-between gap-x-2">
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

/** Where hardware and prices are from, where it is not this machine itself that says. */
function Source({ provider: { connection, builtin } }: Pick<Props, 'provider'>) {
  if (connection === null) return null
  if (builtin === null)
    return (
      <p className="text-muted-foreground text-xs">
        Prices, availability and quota as the provider lists them now.
      </p>
    )
  return (
    <p className="text-state-warning text-xs">
      Hardware and prices of {builtin.asOf}, from a built-in table: {builtin.reason}
    </p>
  )
}
