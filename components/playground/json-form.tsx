'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, FieldInput, FieldTextarea } from '@/components/ui/field'
import type { Task } from '@/lib/domain/endpoint/task'
import { exampleJson } from '@/lib/domain/playground/form'
import type { CallBody } from './use-call'

type Props = { task: Task; busy: boolean; onCall: (path: string, body: CallBody) => void }

/** Any path, any JSON: for what no form covers. */
export function JsonForm({ task, busy, onCall }: Props) {
  const [path, setPath] = useState('/')
  const [text, setText] = useState(() => exampleJson(task))
  const [problem, setProblem] = useState<string>()
  return (
    <form
      className="grid gap-4"
      onSubmit={event => {
        event.preventDefault()
        try {
          const body = JSON.stringify(JSON.parse(text))
          setProblem(undefined)
          onCall(path === '/' ? '' : path, { contentType: 'application/json', content: body })
        } catch (error) {
          setProblem(error instanceof Error ? `This is not JSON: ${error.message}` : 'This is not JSON.')
        }
      }}
    >
      <Field label="Path" description="Behind the endpoint’s URL; most models answer at /.">
        <FieldInput
          value={path}
          pattern="/.*"
          title="A path begins with /"
          className="font-mono text-xs"
          onChange={event => setPath(event.target.value)}
        />
      </Field>
      <Field label="Body" error={problem}>
        <FieldTextarea
          rows={12}
          spellCheck={false}
          className="font-mono text-xs"
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </Field>
      <Button type="submit" disabled={busy} className="justify-self-start">
        {busy ? 'Calling…' : 'Call endpoint'}
      </Button>
    </form>
  )
}
