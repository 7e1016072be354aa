'use client'

import { ModelFields } from '@/components/spec-form/model-fields'
import { TaskSelect } from '@/components/spec-form/task-select'
import { TryFirst } from '@/components/try-model/try-first'
import { Field, FieldInput } from '@/components/ui/field'
import type { StepProps } from './wizard'

/** Step 1: the model, and what the endpoint is called. */
export function StepModel({ wizard, draft, team, initialModel }: StepProps & { initialModel: string }) {
  const { update, problems } = wizard
  const nameProblem = problems.find(problem => problem.field === 'name')?.message
  return (
    <div className="grid gap-6">
      <ModelFields team={team} draft={draft} update={update} initialModel={initialModel} />
      {draft.source && (
        <div className="grid gap-4 border-t pt-5 sm:grid-cols-2">
          <Field
            label="Endpoint name"
            description="Part of its URL: lower-case letters, digits and hyphens."
            error={nameProblem}
          >
            <FieldInput
              value={draft.name}
              maxLength={32}
              autoComplete="off"
              spellCheck={false}
              onChange={event => update({ name: event.target.value.trim().toLowerCase(), nameTouched: true })}
            />
          </Field>
          <Field label="Task" description="What it answers; found in the model where it says so.">
            <TaskSelect value={draft.task} onChange={task => update({ task })} />
          </Field>
          {draft.source.kind === 'hub' && draft.task && (
            <TryFirst team={team} repository={draft.source.repository} task={draft.task} />
          )}
        </div>
      )}
    </div>
  )
}
