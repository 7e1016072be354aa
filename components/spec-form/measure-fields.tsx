'use client'

import { FieldSelect } from '@/components/forms/field-select'
import { Field, FieldInput } from '@/components/ui/field'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { MEASURE_INFO, SCALING_MEASURES } from '@/lib/domain/endpoint/scaling-measure'

const OWN = 'own'
const OPTIONS = [
  { value: OWN, label: 'Its default: usage over 80 %' },
  ...SCALING_MEASURES.map(value => ({ value, label: MEASURE_INFO[value].label })),
]

type Props = { measure: EndpointDraft['measure']; update: (change: Pick<EndpointDraft, 'measure'>) => void }

/** What autoscaling looks at, where the provider lets people choose. */
export function MeasureFields({ measure, update }: Props) {
  const info = measure && MEASURE_INFO[measure.of]
  return (
    <>
      <Field label="Scales by" description="Adds a replica above the threshold, looked at each minute.">
        <FieldSelect
          value={measure?.of ?? OWN}
          options={OPTIONS}
          onChange={value => {
            const of = SCALING_MEASURES.find(known => known === value)
            update({ measure: of ? { of, threshold: MEASURE_INFO[of].usual } : null })
          }}
        />
      </Field>
      {measure && info && (
        <Field label="Threshold" description={`${info.threshold}.`}>
          <FieldInput
            type="number"
            min={info.step}
            max={info.most}
            step={info.step}
            value={measure.threshold}
            onChange={event => {
              const threshold = Math.min(info.most, Number(event.target.value)) || info.usual
              update({ measure: { ...measure, threshold: Math.max(info.step, threshold) } })
            }}
          />
        </Field>
      )}
    </>
  )
}
