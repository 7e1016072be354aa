'use client'

import { Field, FieldInput } from '@/components/ui/field'
import type { EndpointDraft, SecretEntry } from '@/lib/domain/endpoint/draft'
import type { CatalogEntry } from '@/lib/domain/hardware/catalog'
import { EngineFields } from './engine-fields'
import { EnvironmentFields, SecretFields } from './environment-fields'

type Props = {
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
  secrets: readonly SecretEntry[]
  setSecrets: (next: SecretEntry[]) => void
  provider: CatalogEntry | undefined
  problem?: string | undefined
}

/** What most people leave as it is. */
export function AdvancedFields({ draft, update, secrets, setSecrets, provider, problem }: Props) {
  return (
    <div className="grid gap-5">
      <EngineFields draft={draft} update={update} provider={provider} />
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
