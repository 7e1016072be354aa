'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, FieldInput, FieldTextarea } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { Switch } from '@/components/ui/switch'
import { exampleFields } from '@/lib/domain/playground/form'
import type { CallBody } from './use-call'

type Props = {
  model: string
  busy: boolean
  onCall: (path: string, body: CallBody) => void
  onCancel: () => void
}

/** A message to a text-generation model over OpenAI's route, streamed as it is written. */
export function ChatForm({ model, busy, onCall, onCancel }: Props) {
  const [message, setMessage] = useState(() => exampleFields('text-generation').main)
  const [maxTokens, setMaxTokens] = useState(128)
  const [temperature, setTemperature] = useState(0.7)
  const [stream, setStream] = useState(true)
  return (
    <form
      className="grid gap-4"
      onSubmit={event => {
        event.preventDefault()
        const body = {
          model,
          messages: [{ role: 'user', content: message }],
          max_tokens: maxTokens,
          temperature,
          stream,
        }
        onCall('/v1/chat/completions', { contentType: 'application/json', content: JSON.stringify(body) })
      }}
    >
      <Field label="Message">
        <FieldTextarea rows={5} required value={message} onChange={event => setMessage(event.target.value)} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Max tokens">
          <FieldInput
            type="number"
            min={1}
            max={4096}
            value={maxTokens}
            onChange={event => setMaxTokens(Number(event.target.value) || 1)}
          />
        </Field>
        <Field label="Temperature">
          <FieldInput
            type="number"
            min={0}
            max={2}
            step={0.1}
            value={temperature}
            onChange={event => setTemperature(Number(event.target.value) || 0)}
          />
        </Field>
        <div className="flex items-center gap-2 self-end pb-1.5">
          <Switch id="chat-stream" checked={stream} onCheckedChange={setStream} />
          <Label htmlFor="chat-stream">Stream</Label>
        </div>
      </div>
      <div className="flex gap-2">
        <Button type="submit" disabled={busy}>
          {busy ? 'Answering…' : 'Send'}
        </Button>
        {busy && (
          <Button variant="outline" onClick={onCancel}>
            Stop
          </Button>
        )}
      </div>
    </form>
  )
}
