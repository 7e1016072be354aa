'use client'

import Link from 'next/link'
import { useEffect } from 'react'
import { FieldSelect } from '@/components/forms/field-select'
import { InstanceFields } from '@/components/spec-form/instance-fields'
import { Field } from '@/components/ui/field'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { suggestInstance } from '@/lib/domain/endpoint/draft-check'
import { plural } from '@/lib/domain/format/count'
import type { CatalogEntry, CatalogView } from '@/lib/domain/hardware/catalog'
import { entryAt, placeKey } from '@/lib/domain/hardware/place'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { EMPTY_NETWORK } from '@/lib/domain/network/network-draft'
import { routes } from '@/lib/routes'
import type { StepProps } from './wizard'

/** Step 2: where it runs and on what. */
export function StepHardware({ wizard, draft, team, catalog }: StepProps & { catalog: CatalogView }) {
  const { update } = wizard
  const provider = entryAt(catalog, draft) ?? catalog.providers[0]

  // Nobody should have to choose what is obvious: the suggestion is taken until a person takes another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the step opens or the accelerator changes
  useEffect(() => {
    if (draft.instanceType || !provider) return
    const suggested = suggestInstance(
      provider.instanceTypes.filter(instance => instance.region === draft.region),
      draft,
    )
    if (suggested) update({ instanceType: suggested.id })
  }, [draft.accelerator, draft.provider, draft.connection, draft.region])

  if (!provider)
    return <p className="text-muted-foreground">No provider is available on this installation.</p>
  return (
    <div className="grid gap-5">
      <RadioGroup
        aria-label="Provider"
        value={placeKey(provider)}
        onValueChange={key => {
          const next = catalog.providers.find(candidate => placeKey(candidate) === key)
          if (next) update(movedTo(next, draft))
        }}
        className="grid gap-2 sm:grid-cols-3"
      >
        {catalog.providers.map(candidate => (
          <RadioTile
            key={placeKey(candidate)}
            value={placeKey(candidate)}
            disabled={candidate.problem !== null}
            className="grid content-start gap-1"
          >
            <span className="font-medium">{candidate.label}</span>
            {candidate.connection && (
              <span className="text-muted-foreground text-xs">{PROVIDER_LABELS[candidate.kind]}</span>
            )}
            <span className="text-muted-foreground text-xs">
              {candidate.problem ?? plural(candidate.instanceTypes.length, 'instance type')}
            </span>
          </RadioTile>
        ))}
      </RadioGroup>
      <p className="text-muted-foreground text-xs">
        Other accounts are added under{' '}
        <Link href={routes.team.connections(team)} className="underline underline-offset-2">
          Connections
        </Link>
        .
      </p>
      {provider.regions.length > 1 && (
        <Field label="Region" className="max-w-72">
          <FieldSelect
            value={draft.region}
            onChange={region => update({ region, instanceType: null })}
            options={provider.regions.map(({ id, label }) => ({ value: id, label }))}
          />
        </Field>
      )}
      <InstanceFields draft={draft} update={update} provider={provider} />
    </div>
  )
}

/** What a fixed number or an autoscaling of the place before meant does not hold at the next. */
const movedTo = (
  { kind, connection, regions, instanceTypes }: CatalogEntry,
  { engine }: EndpointDraft,
): Partial<EndpointDraft> => ({
  provider: kind,
  connection: connection?.id ?? null,
  region: regions[0]?.id ?? '',
  accelerator: instanceTypes.some(type => type.accelerator === 'cpu') ? 'cpu' : 'gpu',
  instanceType: null,
  minReplicas: 1,
  maxReplicas: 1,
  scaleToZeroTimeoutMinutes: null,
  requestsPerMinute: null,
  measure: null,
  network: EMPTY_NETWORK,
  engine: engine.kind === 'container' ? engine : { kind: 'model-server' },
})
