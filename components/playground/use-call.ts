'use client'

import { useRef, useState } from 'react'
import type { Result } from '@/lib/domain/result'

export type CallBody = { contentType: string; content: BodyInit }

export type CallResult = {
  status: number
  requestId: string | null
  totalMs: number
  contentType: string
  /** Parsed JSON, text, or an object URL of a picture or sound. */
  body: { kind: 'json'; value: unknown } | { kind: 'text'; text: string } | { kind: 'media'; url: string }
}

type State =
  | { phase: 'idle' }
  | { phase: 'calling'; partial: string }
  | { phase: 'done'; result: CallResult }
  | { phase: 'failed'; message: string }

/** Where a request goes, asked for right before each. */
export type Target = () => Promise<Result<{ url: string; headers: Record<string, string> }>>

export type CallState = State

/** Calls what `target` names, and reads the answer as it comes. `silence` says what no answer means. */
export function useCall(target: Target, silence: string) {
  const [state, setState] = useState<State>({ phase: 'idle' })
  const running = useRef<AbortController | null>(null)

  const call = async (path: string, body: CallBody) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    setState({ phase: 'calling', partial: '' })
    const to = await target()
    if (!to.ok) return setState({ phase: 'failed', message: to.error.message })
    const startedAt = performance.now()
    try {
      const response = await fetch(`${to.data.url}${path}`, {
        method: 'POST',
        headers: { ...to.data.headers, 'content-type': body.contentType },
        body: body.content,
        signal: controller.signal,
      })
      const answer = await readBody(response, partial => setState({ phase: 'calling', partial }))
      setState({
        phase: 'done',
        result: {
          status: response.status,
          requestId: response.headers.get('x-request-id'),
          totalMs: performance.now() - startedAt,
          contentType: response.headers.get('content-type') ?? '',
          body: answer,
        },
      })
    } catch {
      if (controller.signal.aborted) return setState({ phase: 'idle' })
      setState({ phase: 'failed', message: silence })
    }
  }

  return { state, call, cancel: () => running.current?.abort() }
}

async function readBody(response: Response, onPartial: (text: string) => void): Promise<CallResult['body']> {
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('text/event-stream'))
    return { kind: 'text', text: await readStream(response, onPartial) }
  if (/^(image|audio|video)\//.test(type))
    return { kind: 'media', url: URL.createObjectURL(await response.blob()) }
  const text = await response.text()
  if (!type.includes('json')) return { kind: 'text', text }
  try {
    return { kind: 'json', value: JSON.parse(text) }
  } catch {
    return { kind: 'text', text }
  }
}

/** Text of a chat completion stream as it grows; lines that are no events of it are passed over. */
async function readStream(response: Response, onPartial: (text: string) => void): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let pending = ''
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text
    pending += value
    const lines = pending.split('\n')
    pending = lines.pop() ?? ''
    for (const line of lines) text += deltaOf(line)
    onPartial(text)
  }
}

function deltaOf(line: string): string {
  if (!line.startsWith('data:') || line.includes('[DONE]')) return ''
  try {
    const event = JSON.parse(line.slice(5)) as {
      choices?: { delta?: { content?: string }; text?: string }[]
      token?: { text?: string }
    }
    return event.choices?.[0]?.delta?.content ?? event.choices?.[0]?.text ?? event.token?.text ?? ''
  } catch {
    return ''
  }
}
