'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type DefaultValues, type FieldValues, type Path, useForm } from 'react-hook-form'
import type { z } from 'zod'
import { callAction } from '@/lib/client/use-action'
import type { AppError, Result } from '@/lib/domain/result'
import { lazyResolver } from './lazy-resolver'

type Options<Values extends FieldValues, Input, Data> = {
  schema: () => Promise<z.ZodType<Values, Values>>
  defaultValues: DefaultValues<Values>
  action: (input: Input) => Promise<Result<Data>>
  /** What the action takes, from what the form holds. */
  toInput: (values: Values) => Input
  /** Names of resources that are no longer what they were. */
  invalidates?: readonly string[]
  onSuccess?: (data: Data) => void
}

/**
 * A form whose submit is a server action. A refusal's `fields` land on the fields they name; what names none of
 * them is the form's own error, for `FormError`.
 */
export function useActionForm<Values extends FieldValues, Input, Data>({
  schema,
  defaultValues,
  action,
  toInput,
  invalidates = [],
  onSuccess,
}: Options<Values, Input, Data>) {
  const client = useQueryClient()
  const form = useForm<Values, unknown, Values>({ resolver: lazyResolver(schema), defaultValues })
  const [error, setError] = useState<AppError | null>(null)

  const submit = form.handleSubmit(async values => {
    setError(null)
    const result = await callAction(action, toInput(values))
    if (!result.ok) return showError(result.error)
    await Promise.all(invalidates.map(name => client.invalidateQueries({ queryKey: [name] })))
    onSuccess?.(result.data)
  })

  const showError = (refusal: AppError) => {
    const values = form.getValues()
    const known = Object.entries(refusal.fields ?? {}).filter(
      ([path]) => (path.split('.')[0] ?? '') in values,
    )
    for (const [path, message] of known)
      form.setError(path as Path<Values>, { message }, { shouldFocus: true })
    if (known.length === 0) setError(refusal)
  }

  return { form, submit, error, isPending: form.formState.isSubmitting }
}
