'use client'

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { FieldSelect } from '@/components/forms/field-select'
import { Field, FieldInput } from '@/components/ui/field'
import { RadioGroup } from '@/components/ui/radio-group'
import { Skeleton } from '@/components/ui/skeleton'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { MODEL_SERVER_TASKS, taskLabel } from '@/lib/domain/endpoint/task'
import type { Weights } from '@/lib/domain/hub/model'
import { hubModels } from '@/lib/queries/hub'
import { browserTransport, keyOf } from '@/lib/queries/transport'
import { HubModelCard } from './hub-model-card'
import { HubModelRow } from './hub-model-row'

type Props = {
  team: string
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
  /** From `?model=`. */
  initial: string
}

const ANY_TASK = 'any'
const TASK_OPTIONS = [
  { value: ANY_TASK, label: 'Any task' },
  ...MODEL_SERVER_TASKS.map(task => ({ value: task, label: taskLabel(task) })),
]

const WEIGHTS_OPTIONS: { value: Weights; label: string }[] = [
  { value: 'onnx', label: 'This machine or a cloud' },
  { value: 'any', label: 'A cloud' },
]

/** `author:name words` narrows to one author, as on the Hub. */
function splitAuthor(text: string): { search: string; author: string | undefined } {
  const match = /(?:^|\s)author:(\S+)/.exec(text)
  return { search: text.replace(match?.[0] ?? '', '').trim(), author: match?.[1] }
}

/** Search over the Hub's models that the place can load; the chosen one is read at a commit before it is taken. */
export function HubSearch({ team, draft, update, initial }: Props) {
  const chosen = draft.source?.kind === 'hub' ? draft.source.repository : initial
  const [text, setText] = useState(initial)
  const [picked, setPicked] = useState(chosen)
  const [task, setTask] = useState(ANY_TASK)
  const [weights, setWeights] = useState<Weights>('onnx')
  const search = useDeferredValue(text)
  const input = {
    team,
    ...splitAuthor(search),
    task: MODEL_SERVER_TASKS.find(candidate => candidate === task),
    weights,
  }
  const found = useQuery({
    queryKey: keyOf(hubModels, input),
    queryFn: ({ signal }) => browserTransport(hubModels, input, signal),
    staleTime: 60_000,
    retry: false,
  })
  return (
    <div className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_13rem_14rem]">
        <Field
          label="Search the Hub"
          description="By name; author:name for one author."
          className="sm:col-span-2 xl:col-span-1"
        >
          <FieldInput
            type="search"
            value={text}
            onChange={event => setText(event.target.value)}
            placeholder="distilbert sentiment"
            autoComplete="off"
          />
        </Field>
        <Field label="Task of the model">
          <FieldSelect value={task} onChange={setTask} options={TASK_OPTIONS} />
        </Field>
        <Field
          label="Runs on"
          description={weights === 'onnx' ? 'Has ONNX weights.' : 'Any weights; needs a connection.'}
        >
          <FieldSelect value={weights} onChange={setWeights} options={WEIGHTS_OPTIONS} />
        </Field>
      </div>
      {picked && <HubModelCard key={picked} team={team} repository={picked} draft={draft} update={update} />}
      {found.isPending ? (
        <Skeleton className="h-48" />
      ) : found.isError ? (
        <p role="alert" className="rounded-md border border-dashed p-4 text-muted-foreground text-sm">
          {found.error.message}
        </p>
      ) : found.data.items.length === 0 ? (
        <p className="rounded-md border border-dashed p-4 text-muted-foreground text-sm">
          {weights === 'onnx'
            ? 'No model with ONNX weights matches. Many models have a copy by onnx-community; a cloud also runs others.'
            : 'No model matches.'}
        </p>
      ) : (
        <RadioGroup
          aria-label="Models"
          value={picked}
          onValueChange={setPicked}
          className="grid grid-cols-[minmax(0,1fr)] gap-1.5"
        >
          {found.data.items.map(model => (
            <HubModelRow key={model.id} team={team} model={model} />
          ))}
        </RadioGroup>
      )}
    </div>
  )
}
