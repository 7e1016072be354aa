'use client'

import { Field, FieldInput } from '@/components/ui/field'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import type { Engine } from '@/lib/domain/endpoint/spec'

type Container = Extract<Engine, { kind: 'container' }>

/** Where most servers listen, and SageMaker asks. */
const EMPTY: Container = {
  kind: 'container',
  image: '',
  port: 8080,
  healthRoute: null,
  command: [],
  args: [],
}
const MOST_PORTS = 65_535

type Props = {
  draft: Pick<EndpointDraft, 'source' | 'engine'>
  update: (change: Partial<EndpointDraft>) => void
}

/** An image of people's own with the model in it. The first letter of its name makes it the model. */
export function ContainerFields({ draft, update }: Props) {
  const engine = draft.engine.kind === 'container' ? draft.engine : EMPTY
  const change = (part: Partial<Container>) =>
    update({
      engine: { ...engine, ...part },
      ...(draft.source?.kind === 'image'
        ? {}
        : { source: { kind: 'image' }, task: 'custom', weightsBytes: null, obstacle: null }),
    })
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_7rem_10rem]">
      <Field
        label="Image"
        description="A registry the account may pull from; at AWS, Amazon ECR in the same region."
      >
        <FieldInput
          className="font-mono"
          autoComplete="off"
          spellCheck={false}
          placeholder="123456789012.dkr.ecr.us-east-1.amazonaws.com/model:1"
          value={engine.image}
          onChange={event => change({ image: event.target.value.trim() })}
        />
      </Field>
      <Field label="Port" description="It listens there.">
        <FieldInput
          type="number"
          min={1}
          max={MOST_PORTS}
          value={engine.port}
          onChange={event =>
            change({ port: Math.max(1, Math.min(MOST_PORTS, Math.round(Number(event.target.value)) || 1)) })
          }
        />
      </Field>
      <Field label="Health route" optional description="200 when it is ready.">
        <FieldInput
          className="font-mono"
          placeholder="/health"
          value={engine.healthRoute ?? ''}
          onChange={event => change({ healthRoute: event.target.value.trim() || null })}
        />
      </Field>
    </div>
  )
}
