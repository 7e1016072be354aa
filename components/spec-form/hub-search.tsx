'use client'

import { useQuery } from '@tanstack/react-query'
import { DownloadIcon, HeartIcon, LockIcon } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { FieldSelect } from '@/components/forms/field-select'
import { Badge } from '@/components/ui/badge'
import { Field, FieldInput } from '@/components/ui/field'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { Skeleton } from '@/components/ui/skeleton'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { TASKS, taskLabel } from '@/lib/domain/endpoint/task'
import { formatCompactCount } from '@/lib/domain/format/count'
import type { HubModelSummary } from '@/lib/domain/hub/model'
import { hubModels } from '@/lib/queries/hub'
import { browserTransport, keyOf } from '@/lib/queries/transport'
import { HubModelCard } from './hub-model-card'

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
  ...TASKS.filter(task => task !== 'custom').map(task => ({ value: task, label: taskLabel(task) })),
]

/** `author:name words` narrows to one author, as on the Hub. */
function splitAuthor(text: string): { search: string; author: string | undefined } {
  const match = /(?:^|\s)author:(\S+)/.exec(text)
  return { search: text.replace(match?.[0] ?? '', '').trim(), author: match?.[1] }
}

/** Search over the Hub's ONNX models; the chosen one is read at a commit before it is taken. */
export function HubSearch({ team, draft, update, initial }: Props) {
  const chosen = draft.source?.kind === 'hub' ? draft.source.repository : initial
  const [text, setText] = useState(initial)
  const [picked, setPicked] = useState(chosen)
  const [task, setTask] = useState(ANY_TASK)
  const search = useDeferredValue(text)
  const input = {
    team,
    ...splitAuthor(search),
    task: TASKS.find(candidate => candidate === task),
  }
  const found = useQuery({
    queryKey: keyOf(hubModels, input),
    queryFn: ({ signal }) => browserTransport(hubModels, input, signal),
    staleTime: 60_000,
    retry: false,
  })
  return (
    <div className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_14rem]">
        <Field
          label="Search the Hub"
          description="By name; author:name for one author. Models with ONNX weights, which the model server runs."
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
          No model with ONNX weights matches. Many models have a copy by onnx-community.
        </p>
      ) : (
        <RadioGroup aria-label="Models" value={picked} onValueChange={setPicked} className="grid gap-1.5">
          {found.data.items.map(model => (
            <ModelRow key={model.id} model={model} />
          ))}
        </RadioGroup>
      )}
    </div>
  )
}

function ModelRow({ model }: { model: HubModelSummary }) {
  return (
    <RadioTile value={model.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className="min-w-0 truncate font-medium">{model.id}</span>
      {model.gated && (
        <Badge variant="outline">
          <LockIcon aria-hidden /> Gated
        </Badge>
      )}
      <span className="ml-auto flex items-center gap-3 text-muted-foreground text-xs tabular-nums [&_svg]:size-3.5">
        {model.task && <span>{taskLabel(model.task)}</span>}
        {model.library && <span>{model.library}</span>}
        {model.license && <span>{model.license}</span>}
        <span className="flex items-center gap-1">
          <DownloadIcon aria-hidden />
          <span className="sr-only">Downloads</span> {formatCompactCount(model.downloads)}
        </span>
        <span className="flex items-center gap-1">
          <HeartIcon aria-hidden />
          <span className="sr-only">Likes</span> {formatCompactCount(model.likes)}
        </span>
      </span>
    </RadioTile>
  )
}
