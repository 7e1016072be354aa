'use client'

import { FieldSelect } from '@/components/forms/field-select'
import { Field, FieldInput } from '@/components/ui/field'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import type { CatalogEntry } from '@/lib/domain/hardware/catalog'

const NEVER = 'never'
/** As people know them from Hugging Face. */
const TIMEOUTS = [
  { value: NEVER, label: 'Never' },
  { value: '15', label: 'After 15 minutes' },
  { value: '30', label: 'After 30 minutes' },
  { value: '60', label: 'After 1 hour' },
  { value: '120', label: 'After 2 hours' },
  { value: '360', label: 'After 6 hours' },
  { value: '720', label: 'After 12 hours' },
]
const MOST = 64

type Props = {
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
  provider: CatalogEntry
}

/** How many copies run: a fixed number, or what the provider's own autoscaling takes. */
export function ScalingFields({ draft, update, provider }: Props) {
  const { replicas, autoscaling } = provider.capabilities
  return (
    <>
      {autoscaling ? (
        <Autoscaling draft={draft} update={update} provider={provider} />
      ) : (
        replicas && (
          <Field
            label="Replicas"
            description="Running copies. Two or more keep answering while one is replaced or restarts."
            className="max-w-72"
          >
            <CountInput
              value={draft.maxReplicas}
              least={1}
              onChange={count => update({ minReplicas: count, maxReplicas: count })}
            />
          </Field>
        )
      )}
      {!autoscaling && (
        <p className="text-muted-foreground text-xs">
          {provider.label} runs a fixed number of replicas: it has no autoscaling and no scale to zero.
        </p>
      )}
    </>
  )
}

function Autoscaling({ draft, update, provider }: Props) {
  const { minReplicas, maxReplicas, scaleToZeroTimeoutMinutes: minutes } = draft
  const rests = minutes !== null
  const options = TIMEOUTS.some(({ value }) => value === String(minutes ?? NEVER))
    ? TIMEOUTS
    : [...TIMEOUTS, { value: String(minutes), label: `After ${minutes} minutes` }]
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field
        label="Minimum replicas"
        description={rests ? 'Zero, because it scales to zero.' : 'Always running, and paid for.'}
      >
        <CountInput
          value={minReplicas}
          least={0}
          disabled={rests}
          onChange={count => update({ minReplicas: Math.max(1, count) })}
        />
      </Field>
      <Field
        label="Maximum replicas"
        description={`${provider.label} adds copies up to this under load.`}
        error={maxReplicas < minReplicas ? 'The maximum is at least the minimum.' : undefined}
      >
        <CountInput value={maxReplicas} least={1} onChange={count => update({ maxReplicas: count })} />
      </Field>
      {provider.capabilities.scaleToZero && (
        <Field label="Scale to zero" description="The next request wakes it, which takes minutes.">
          <FieldSelect
            value={String(minutes ?? NEVER)}
            options={options}
            onChange={value =>
              update(
                value === NEVER
                  ? { scaleToZeroTimeoutMinutes: null, minReplicas: Math.max(1, minReplicas) }
                  : { scaleToZeroTimeoutMinutes: Number(value), minReplicas: 0 },
              )
            }
          />
        </Field>
      )}
    </div>
  )
}

type CountProps = { value: number; least: number; disabled?: boolean; onChange: (count: number) => void }

const CountInput = ({ value, least, disabled = false, onChange }: CountProps) => (
  <FieldInput
    type="number"
    min={least}
    max={MOST}
    value={value}
    disabled={disabled}
    onChange={event =>
      onChange(Math.max(least, Math.min(MOST, Math.round(Number(event.target.value)) || least)))
    }
  />
)
