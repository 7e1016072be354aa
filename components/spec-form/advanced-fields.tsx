'use client'

import { Field, FieldInput } from '@/components/ui/field'
import type { EndpointDraft, SecretEntry } from '@/lib/domain/endpoint/draft'
import type { Engine } from '@/lib/domain/endpoint/spec'
import { EnvironmentFields, SecretFields } from './environment-fields'

type Props = {
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
  secrets: readonly SecretEntry[]
  setSecrets: (next: SecretEntry[]) => void
  /** Whether the provider runs images of the user's own; where not, the form says so. */
  containers: boolean
  problem?: string | undefined
}

/** What most people leave as it is. */
export function AdvancedFields({ draft, update, secrets, setSecrets, containers, problem }: Props) {
  return (
    <div className="grid gap-5">
      <EngineText engine={draft.engine} containers={containers} />
      <EnvironmentFields variables={draft.env} onChange={env => update({ env })} />
      <SecretFields secrets={secrets} onChange={setSecrets} />
      {problem && (
        <p role="alert" className="text-destructive text-xs">
          {problem}
        </p>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Tags" optional description="Separated by commas; the list can be searched by them.">
          <FieldInput
            defaultValue={draft.tags.join(', ')}
            onBlur={event =>
              update({
                tags: [
                  ...new Set(
                    event.target.value
                      .split(',')
                      .map(tag => tag.trim())
                      .filter(Boolean),
                  ),
                ],
              })
            }
          />
        </Field>
        <Field label="Request timeout (seconds)" description="A request that takes longer is answered 504.">
          <FieldInput
            type="number"
            min={1}
            max={3600}
            value={draft.requestTimeoutSeconds}
            onChange={event =>
              update({
                requestTimeoutSeconds: Math.max(
                  1,
                  Math.min(3600, Math.round(Number(event.target.value)) || 1),
                ),
              })
            }
          />
        </Field>
      </div>
    </div>
  )
}

function EngineText({ engine, containers }: { engine: Engine; containers: boolean }) {
  return (
    <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
      {engine.kind === 'container' ? (
        <>
          Engine: the container <span className="font-mono">{engine.image}</span>, called at port{' '}
          {engine.port}. It is kept as it is; the API changes it.
        </>
      ) : (
        'Engine: Slipway’s model server, in the wire format of Hugging Face’s inference toolkit.'
      )}
      {!containers &&
        ' This provider runs no containers of your own, so port, health route, command and arguments are not asked.'}
    </p>
  )
}
