'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, FieldInput, FieldTextarea } from '@/components/ui/field'
import type { Task } from '@/lib/domain/endpoint/task'
import { bodyOf, exampleFields, type FormKind, INPUT_LABELS } from '@/lib/domain/playground/form'
import type { CallBody } from './use-call'

type Props = {
  task: Task
  kind: FormKind
  busy: boolean
  /** What the button says. */
  callLabel?: string
  onCall: (path: string, body: CallBody) => void
}

const json = (value: unknown): CallBody => ({
  contentType: 'application/json',
  content: JSON.stringify(value),
})

/** The form of a task: text, text with something beside it, or a file. */
export function RequestForm({ task, kind, busy, callLabel = 'Call endpoint', onCall }: Props) {
  const [fields, setFields] = useState(() => exampleFields(task))
  const [file, setFile] = useState<File | null>(null)
  const { main, second } = INPUT_LABELS[kind]
  const isFile = kind === 'image' || kind === 'audio'

  const submit = () => {
    if (isFile) {
      if (file) onCall('', { contentType: file.type || 'application/octet-stream', content: file })
      return
    }
    onCall('', json(bodyOf(kind, fields)))
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      {isFile ? (
        <Field label={main} description="Sent as it is; nothing is stored.">
          <FieldInput
            type="file"
            accept={`${kind}/*`}
            required
            onChange={event => setFile(event.target.files?.[0] ?? null)}
          />
        </Field>
      ) : (
        <>
          <Field label={main}>
            <FieldTextarea
              rows={second ? 2 : 5}
              required
              value={fields.main}
              onChange={event => setFields({ ...fields, main: event.target.value })}
            />
          </Field>
          {second && (
            <Field label={second}>
              <FieldTextarea
                rows={4}
                required
                value={fields.second}
                onChange={event => setFields({ ...fields, second: event.target.value })}
              />
            </Field>
          )}
        </>
      )}
      <Button type="submit" disabled={busy} className="justify-self-start">
        {busy ? 'Calling…' : callLabel}
      </Button>
    </form>
  )
}
