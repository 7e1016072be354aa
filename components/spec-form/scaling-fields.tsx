'use client'

import { FieldSelect } from '@/components/forms/field-select'
import { Field, FieldInput } from '@/components/ui/field'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import type { CatalogEntry } from '@/lib/domain/hardware/catalog'
import { SAGEMAKER_IDLE_MINUTES } from '@/lib/domain/hardware/idle-minutes'
import { quotaProblem } from '@/lib/domain/hardware/quota-problem'
import { MeasureFields } from './measure-fields'

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
/** Where the provider has one of its own. */
const THEIRS = [
  { value: NEVER, label: 'Never' },
  { value: String(SAGEMAKER_IDLE_MINUTES), label: `After ${SAGEMAKER_IDLE_MINUTES} minutes` },
]
const MOST = 64
const REQUESTS = 60
const MOST_REQUESTS = 1_000_000

type Props = {
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
  provider: CatalogEntry
}

/** How many copies run: a fixed number, or what the provider's own autoscaling takes. */
export function ScalingFields({ draft, update, provider }: Props) {
  const { replicas, autoscaling, scaleToZero } = provider.capabilities
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
      {!scaleToZero && (
        <p className="text-muted-foreground text-xs">
          {autoscaling
            ? `${provider.label} does not scale to zero: pause the endpoint while nobody needs it.`
            : `${provider.label} runs a fixed number of replicas: it has no autoscaling and no scale to zero.`}
        </p>
      )}
    </>
  )
}

function Autoscaling({ draft, update, provider }: Props) {
  const { minReplicas, maxReplicas, scaleToZeroTimeoutMinutes: minutes, requestsPerMinute, measure } = draft
  const rests = minutes !== null
  /** One number of replicas needs no aim. */
  const aimFor = (least: number, most: number) =>
    provider.capabilities.requestTarget && most > least ? (requestsPerMinute ?? REQUESTS) : null
  const upTo = (count: number) => ({
    maxReplicas: count,
    requestsPerMinute: aimFor(minReplicas, count),
    measure: count > minReplicas ? measure : null,
  })
  const from = (count: number) => ({
    minReplicas: count,
    requestsPerMinute: aimFor(count, maxReplicas),
    measure: maxReplicas > count ? measure : null,
  })
  const chosen = provider.instanceTypes.find(({ id }) => id === draft.instanceType)
  const overQuota = chosen ? quotaProblem(chosen, maxReplicas) : null
  const problem =
    maxReplicas < minReplicas ? 'The maximum is at least the minimum.' : (overQuota ?? undefined)
  const offered = provider.capabilities.zeroTimeout ? TIMEOUTS : THEIRS
  const options = offered.some(({ value }) => value === String(minutes ?? NEVER))
    ? offered
    : [...offered, { value: String(minutes), label: `After ${minutes} minutes` }]
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field
        label="Minimum replicas"
        description={rests ? 'Zero, because it scales to zero.' : 'Always running, and paid for.'}
      >
        <CountInput
          value={minReplicas}
          least={provider.capabilities.scaleToZero ? 0 : 1}
          disabled={rests}
          onChange={count => update(from(Math.max(1, count)))}
        />
      </Field>
      <Field
        label="Maximum replicas"
        description={`${provider.label} adds copies up to this under load.`}
        error={problem}
      >
        <CountInput value={maxReplicas} least={1} onChange={count => update(upTo(count))} />
      </Field>
      {requestsPerMinute !== null && (
        <Field
          label="Requests per replica and minute"
          description="Autoscaling adds a replica when they have more on average, and removes one when they have fewer."
        >
          <CountInput
            value={requestsPerMinute}
            least={1}
            most={MOST_REQUESTS}
            onChange={count => update({ requestsPerMinute: count })}
          />
        </Field>
      )}
      {provider.capabilities.measures && maxReplicas > Math.max(1, minReplicas) && (
        <MeasureFields measure={measure} update={update} />
      )}
      {provider.capabilities.scaleToZero && (
        <Field
          label="Scale to zero"
          description={
            provider.capabilities.zeroTimeout
              ? 'The next request wakes it, which takes minutes.'
              : 'The next request wakes it: an instance is started first, so for some 5 to 10 minutes calls get a 503.'
          }
        >
          <FieldSelect
            value={String(minutes ?? NEVER)}
            options={options}
            onChange={value =>
              update(
                value === NEVER
                  ? { scaleToZeroTimeoutMinutes: null, ...from(Math.max(1, minReplicas)) }
                  : { scaleToZeroTimeoutMinutes: Number(value), ...from(0) },
              )
            }
          />
        </Field>
      )}
    </div>
  )
}

type CountProps = {
  value: number
  least: number
  most?: number
  disabled?: boolean
  onChange: (count: number) => void
}

const CountInput = ({ value, least, most = MOST, disabled = false, onChange }: CountProps) => (
  <FieldInput
    type="number"
    min={least}
    max={most}
    value={value}
    disabled={disabled}
    onChange={event =>
      onChange(Math.max(least, Math.min(most, Math.round(Number(event.target.value)) || least)))
    }
  />
)
