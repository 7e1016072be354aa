import { FieldSelect } from '@/components/forms/field-select'
import { Field, FieldInput } from '@/components/ui/field'

export type Account = { id: string; name: string; namespace: string }
export type SpaceDraft = { connectionId: string; name: string; visibility: 'private' | 'public' }

type Props = {
  space: SpaceDraft
  accounts: readonly Account[]
  nameError: string | undefined
  onChange: (space: SpaceDraft) => void
}

/** Whose Space, how it is called, and who may see it. */
export function SpaceFields({ space, accounts, nameError, onChange }: Props) {
  const change = (part: Partial<SpaceDraft>) => onChange({ ...space, ...part })
  return (
    <>
      <Field label="Connection">
        <FieldSelect
          value={space.connectionId}
          onChange={connectionId => change({ connectionId })}
          options={accounts.map(({ id, name, namespace }) => ({
            value: id,
            label: `${name} (${namespace})`,
          }))}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name of the Space" error={nameError}>
          <FieldInput
            required
            maxLength={96}
            autoComplete="off"
            spellCheck={false}
            value={space.name}
            onChange={event => change({ name: event.target.value.trim() })}
          />
        </Field>
        <Field label="Visibility">
          <FieldSelect
            value={space.visibility}
            onChange={value => change({ visibility: value === 'public' ? 'public' : 'private' })}
            options={[
              { value: 'private', label: 'Private' },
              { value: 'public', label: 'Public: anybody may use it' },
            ]}
          />
        </Field>
      </div>
    </>
  )
}
