'use client'

import { PlusIcon, XIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import type { SecretEntry } from '@/lib/domain/endpoint/draft'

type Variable = { name: string; value: string }

/** Plain variables: visible to everybody in the team. */
export function EnvironmentFields({
  variables,
  onChange,
}: {
  variables: readonly Variable[]
  onChange: (next: Variable[]) => void
}) {
  return (
    <Entries
      title="Environment variables"
      help="Given to every replica; everybody in the team can read them."
      add="Add variable"
      entries={variables.map(entry => ({ ...entry, placeholder: 'value', type: 'text' as const }))}
      onAdd={() => onChange([...variables, { name: '', value: '' }])}
      onRemove={index => onChange(variables.filter((_, at) => at !== index))}
      onEdit={(index, change) =>
        onChange(variables.map((entry, at) => (at === index ? { ...entry, ...change } : entry)))
      }
    />
  )
}

/** Secrets: sealed when saved, never shown again. */
export function SecretFields({
  secrets,
  onChange,
}: {
  secrets: readonly SecretEntry[]
  onChange: (next: SecretEntry[]) => void
}) {
  return (
    <Entries
      title="Secrets"
      help="Sealed when saved and never shown again; given to replicas as environment variables."
      add="Add secret"
      entries={secrets.map(entry => ({
        ...entry,
        placeholder: entry.kept ? 'unchanged' : 'value',
        type: 'password' as const,
      }))}
      onAdd={() => onChange([...secrets, { name: '', value: '', kept: false }])}
      onRemove={index => onChange(secrets.filter((_, at) => at !== index))}
      onEdit={(index, change) =>
        onChange(secrets.map((entry, at) => (at === index ? renamed(entry, change) : entry)))
      }
    />
  )
}

/** A secret under another name is another secret: there is no value to keep. */
const renamed = (entry: SecretEntry, change: Partial<Variable>): SecretEntry => ({
  ...entry,
  ...change,
  kept: entry.kept && (change.name === undefined || change.name === entry.name),
})

type EntriesProps = {
  title: string
  help: string
  add: string
  entries: (Variable & { placeholder: string; type: 'text' | 'password' })[]
  onAdd: () => void
  onRemove: (index: number) => void
  onEdit: (index: number, change: Partial<Variable>) => void
}

function Entries({ title, help, add, entries, onAdd, onRemove, onEdit }: EntriesProps) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium text-sm">{title}</legend>
      <p className="text-muted-foreground text-xs">{help}</p>
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity while their name is typed
        <div key={index} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
          <Input
            aria-label={`${title}: name ${index + 1}`}
            placeholder="NAME"
            className="font-mono text-xs"
            value={entry.name}
            onChange={event => onEdit(index, { name: event.target.value.trim() })}
          />
          <Input
            aria-label={`${title}: value ${index + 1}`}
            type={entry.type}
            autoComplete="off"
            placeholder={entry.placeholder}
            className="font-mono text-xs"
            value={entry.value}
            onChange={event => onEdit(index, { value: event.target.value })}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove ${entry.name || `row ${index + 1}`}`}
            onClick={() => onRemove(index)}
          >
            <XIcon />
          </Button>
        </div>
      ))}
      <Button variant="outline" size="sm" className="justify-self-start" onClick={onAdd}>
        <PlusIcon /> {add}
      </Button>
    </fieldset>
  )
}
