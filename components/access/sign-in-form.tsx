'use client'

import { CircleAlertIcon, InfoIcon } from 'lucide-react'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { lazyResolver } from '@/components/forms/lazy-resolver'
import { SubmitButton } from '@/components/forms/submit-button'
import { Alert, AlertTitle } from '@/components/ui/alert'
import { Field, FieldInput } from '@/components/ui/field'
import type { Credentials } from './sign-in-schema'

const REASONS: Record<string, string> = {
  expired: 'Your session has ended. Sign in to go on where you were.',
  'signed-out': 'You are signed out.',
  'signed-out-everywhere': 'You are signed out on every device.',
  failed: 'Signing in failed. Try again.',
}

/** next-auth's one code for a wrong combination; every other refusal is a sentence of ours. */
const messageOf = (error: string): string =>
  error === 'CredentialsSignin' ? 'This e-mail address and password do not belong together.' : error

export function SignInForm({ destination, reason }: { destination: string; reason: string | null }) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const { register, handleSubmit, formState, resetField } = useForm<Credentials, unknown, Credentials>({
    resolver: lazyResolver(async () => (await import('./sign-in-schema')).credentials),
    defaultValues: { email: '', password: '' },
  })
  const { errors, isSubmitting, isSubmitSuccessful } = formState

  const submit = handleSubmit(async values => {
    setRefusal(null)
    const answer = await signIn('credentials', { ...values, redirect: false }).catch(() => undefined)
    if (answer?.ok && !answer.error) return window.location.assign(destination)
    setRefusal(answer?.error ? messageOf(answer.error) : 'The portal did not answer. Try again in a moment.')
    resetField('password')
  })

  const notice = reason === null ? undefined : REASONS[reason]
  return (
    // Before its script is there a browser would put a GET form's password into the address: never that.
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {refusal !== null ? (
        <Alert variant="destructive" role="alert">
          <CircleAlertIcon aria-hidden />
          <AlertTitle>{refusal}</AlertTitle>
        </Alert>
      ) : (
        notice && (
          <Alert>
            <InfoIcon aria-hidden />
            <AlertTitle>{notice}</AlertTitle>
          </Alert>
        )
      )}
      <Field label="E-mail" error={errors.email?.message}>
        <FieldInput type="email" autoComplete="username" autoFocus className="h-9" {...register('email')} />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <FieldInput
          type="password"
          autoComplete="current-password"
          className="h-9"
          {...register('password')}
        />
      </Field>
      <SubmitButton isPending={isSubmitting || (isSubmitSuccessful && refusal === null)} size="lg">
        Sign in
      </SubmitButton>
    </form>
  )
}
