'use client'

import dynamic from 'next/dynamic'
import { useMemo, useState } from 'react'
import { AdvancedFields } from '@/components/spec-form/advanced-fields'
import { InstanceFields } from '@/components/spec-form/instance-fields'
import { ModelFields } from '@/components/spec-form/model-fields'
import { SecurityFields } from '@/components/spec-form/security-fields'
import { TaskSelect } from '@/components/spec-form/task-select'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { Field } from '@/components/ui/field'
import { updateEndpoint } from '@/lib/actions/endpoints'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import { diffSpecs } from '@/lib/domain/endpoint/diff'
import { draftOf, type EndpointDraft, keptSecrets, withChange } from '@/lib/domain/endpoint/draft'
import { problemsOf, secretsOf, specOf } from '@/lib/domain/endpoint/draft-check'
import { sourceLabel } from '@/lib/domain/endpoint/model-label'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import type { CatalogView } from '@/lib/domain/hardware/catalog'
import { entryAt, hasNetwork } from '@/lib/domain/hardware/place'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { ChangeList } from './change-list'

const NetworkFields = dynamic(
  () => import('@/components/spec-form/network-fields').then(module => module.NetworkFields),
  { ssr: false },
)
const UpdateRefused = dynamic(() => import('./update-refused').then(module => module.UpdateRefused), {
  ssr: false,
})

/** `obstacle` says why nothing can be changed; null when it can. */
type Props = { team: string; endpoint: EndpointDetail; catalog: CatalogView; obstacle: string | null }

/** Every part of the spec; saving writes a new revision that rolls out without a failed request. */
export function SettingsForm({ team, endpoint, catalog, obstacle }: Props) {
  const canUpdate = obstacle === null
  // The revision the person started from: a newer one must not slip under what they typed.
  const [base, setBase] = useState(endpoint)
  const [draft, setDraft] = useState(() => draftOf(endpoint.name, endpoint.spec))
  const [secrets, setSecrets] = useState(() => keptSecrets(endpoint.spec))
  const saving = useAction(updateEndpoint, {
    invalidates: ['endpoints.list', 'endpoints.get', 'endpoints.events', 'endpoints.revisions'],
    onSuccess: next => {
      toast.success(`Revision ${next.revision} is rolling out.`)
      startFrom(next)
    },
  })

  const update = (change: Partial<EndpointDraft>) => setDraft(current => withChange(current, change))
  const provider = entryAt(catalog, draft)
  const problems = problemsOf(draft, secrets, provider)
  const problemOf = (...fields: string[]) => problems.find(problem => fields.includes(problem.field))?.message
  const changes = useMemo(() => {
    const spec = specOf(draft)
    if (!spec) return []
    const secretNames = secrets.map(secret => secret.name)
    const reset = secrets.filter(secret => secret.value !== '').map(secret => secret.name)
    return diffSpecs(base.spec, { ...spec, secretNames }, reset)
  }, [draft, secrets, base])

  const startFrom = (next: EndpointDetail) => {
    setBase(next)
    setDraft(draftOf(next.name, next.spec))
    setSecrets(keptSecrets(next.spec))
    saving.reset()
  }

  const save = () => {
    const spec = specOf(draft)
    if (!spec) return
    saving.run({
      team,
      endpoint: endpoint.name,
      baseRevision: base.revision,
      spec,
      secrets: secretsOf(secrets),
    })
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <fieldset disabled={!canUpdate} className="grid min-w-0 gap-4">
        <Card className="grid gap-4 p-4">
          <h2 className="font-medium">Model</h2>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Task">
              <TaskSelect value={draft.task} onChange={task => update({ task })} />
            </Field>
          </div>
          <details>
            <summary className="cursor-pointer text-sm">
              <span className="font-medium [overflow-wrap:anywhere]">
                {draft.source ? sourceLabel(draft.source, draft.engine) : '–'}
              </span>{' '}
              <span className="text-primary">Change</span>
            </summary>
            <div className="pt-3">
              <ModelFields team={team} draft={draft} update={update} />
            </div>
          </details>
        </Card>
        <Card className="grid gap-4 p-4">
          <h2 className="font-medium">Hardware</h2>
          {provider ? (
            <InstanceFields draft={draft} update={update} provider={provider} />
          ) : (
            <p className="text-muted-foreground text-sm">
              {PROVIDER_LABELS[draft.provider]} is not available: there is no such provider or connection now.
            </p>
          )}
        </Card>
        <Card className="grid gap-4 p-4">
          <h2 className="font-medium">Security level</h2>
          <SecurityFields draft={draft} update={update} error={problemOf('allowedRanges')} />
          {provider && hasNetwork(provider.capabilities) && (
            <NetworkFields
              team={team}
              draft={draft}
              update={update}
              provider={provider}
              problemOf={problemOf}
            />
          )}
        </Card>
        <Card className="grid gap-4 p-4">
          <h2 className="font-medium">Advanced</h2>
          <AdvancedFields
            draft={draft}
            update={update}
            secrets={secrets}
            setSecrets={setSecrets}
            provider={provider}
            problem={problemOf('env', 'secrets')}
          />
        </Card>
      </fieldset>
      {saving.error && (
        <UpdateRefused team={team} endpoint={endpoint.name} error={saving.error} onTakeOver={startFrom} />
      )}
      {/* Stays in sight only while there is something to save: on a phone it covers a good part of the page. */}
      <Card
        className={cn('grid gap-3 p-4', changes.length > 0 && 'sticky bottom-3 shadow-md')}
        aria-label="Changes"
      >
        <ChangeList changes={changes} baseRevision={base.revision} />
        <div className="flex flex-wrap items-center gap-2">
          <Button
            type="submit"
            disabled={!canUpdate || saving.isPending || changes.length === 0 || problems.length > 0}
          >
            {saving.isPending ? 'Saving…' : 'Save as a new revision'}
          </Button>
          <Button variant="outline" disabled={changes.length === 0} onClick={() => startFrom(base)}>
            Discard
          </Button>
          {problems[0] && <span className="text-destructive text-xs">{problems[0].message}</span>}
          {obstacle && <span className="text-muted-foreground text-xs">{obstacle}</span>}
        </div>
      </Card>
    </form>
  )
}
