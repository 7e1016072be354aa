'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState, useTransition } from 'react'
import { type AppError, fail, type Result } from '@/lib/domain/result'
import { routes } from '@/lib/routes'

type Options<Data> = {
  /** Names of resources that are no longer what they were. */
  invalidates?: readonly string[]
  onSuccess?: (data: Data) => void
  onError?: (error: AppError) => void
}

/** An expired session has one way on: sign in and come back to this page. */
export function leaveForSignIn(): void {
  const callbackUrl = `${window.location.pathname}${window.location.search}`
  window.location.assign(routes.signIn({ callbackUrl, reason: 'expired' }))
}

/** Calls an action; a broken connection becomes an expected failure like any other. */
export async function callAction<Input, Data>(
  action: (input: Input) => Promise<Result<Data>>,
  input: Input,
): Promise<Result<Data>> {
  const result = await action(input).catch(() =>
    fail('unavailable', 'The portal did not answer, so nothing may have changed. Try again in a moment.'),
  )
  if (!result.ok && result.error.code === 'unauthenticated') leaveForSignIn()
  return result
}

/** A server action with its pending state, its last error, and what it makes stale. */
export function useAction<Input, Data>(
  action: (input: Input) => Promise<Result<Data>>,
  { invalidates = [], onSuccess, onError }: Options<Data> = {},
) {
  const client = useQueryClient()
  const [error, setError] = useState<AppError | null>(null)
  const [isPending, startTransition] = useTransition()

  const run = (input: Input) =>
    startTransition(async () => {
      const result = await callAction(action, input)
      setError(result.ok ? null : result.error)
      // A refusal, too, often means that what is on the page is old.
      await Promise.all(invalidates.map(name => client.invalidateQueries({ queryKey: [name] })))
      if (result.ok) onSuccess?.(result.data)
      else onError?.(result.error)
    })

  return { run, isPending, error, reset: () => setError(null) }
}
