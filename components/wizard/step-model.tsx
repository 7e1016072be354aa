'use client'

import { Field, FieldInput, useFieldControl } from '@/components/ui/field'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '@/components/ui/select'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { SAMPLE_MODEL } from '@/lib/domain/endpoint/sample'
import { TASKS, type Task, taskLabel } from '@/lib/domain/endpoint/task'
import { FolderList } from './folder-list'
import { HubSearch } from './hub-search'
import type { StepProps } from './wizard'

/** Step 1: a model from the Hub, the bundled sample, or a local folder. */
export function StepModel({ wizard, draft, team, initialModel }: StepProps & { initialModel: string }) {
  const { update, problems } = wizard
  const source = draft.source
  const nameProblem = problems.find(problem => problem.field === 'name')?.message
  const from = source?.kind ?? (initialModel ? 'hub' : 'sample')
  return (
    <div className="grid gap-6">
      <Tabs defaultValue={from === 'image' ? 'hub' : from}>
        <TabsList aria-label="Where the model comes from">
          <TabsTrigger value="sample">Sample</TabsTrigger>
          <TabsTrigger value="hub">Hugging Face Hub</TabsTrigger>
          <TabsTrigger value="folder">Local folder</TabsTrigger>
        </TabsList>
        <TabsContent value="sample" className="pt-3">
          <RadioGroup
            aria-label="Sample model"
            value={source?.kind === 'sample' ? source.name : ''}
            onValueChange={() =>
              update({
                source: { kind: 'sample', name: 'sentiment' },
                task: SAMPLE_MODEL.task,
                weightsBytes: null,
                obstacle: null,
              })
            }
          >
            <RadioTile value="sentiment" className="gap-1">
              <span className="font-medium">Sentiment</span>
              <span className="text-muted-foreground text-xs">
                A small text classifier (negative, neutral, positive) that ships with Slipway. It needs no
                network, starts in seconds and is loaded exactly like a model from the Hub.
              </span>
            </RadioTile>
          </RadioGroup>
        </TabsContent>
        <TabsContent value="hub" className="pt-3">
          <HubSearch team={team} draft={draft} update={update} initial={initialModel} />
        </TabsContent>
        <TabsContent value="folder" className="pt-3">
          <FolderList team={team} draft={draft} update={update} />
        </TabsContent>
      </Tabs>
      {source && (
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
        </div>
      )}
    </div>
  )
}

export function TaskSelect({ value, onChange }: { value: Task | null; onChange: (task: Task) => void }) {
  const control = useFieldControl()
  return (
    <Select
      value={value ?? ''}
      onValueChange={next => onChange(TASKS.find(task => task === next) ?? 'custom')}
    >
      <SelectTrigger {...control}>
        <SelectValue placeholder="Choose a task" />
      </SelectTrigger>
      <SelectContent>
        {TASKS.filter(task => task !== 'custom').map(task => (
          <SelectItem key={task} value={task}>
            {taskLabel(task)}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  )
}
