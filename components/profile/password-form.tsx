'use client'

import { FormError } from '@/components/forms/form-error'
import { SubmitButton } from '@/components/forms/submit-button'
import { useActionForm } from '@/components/forms/use-action-form'
import { Field, FieldInput } from '@/components/ui/field'
import { changePassword } from '@/lib/actions/profile'
import { toast } from '@/lib/client/toast'
import { PASSWORD_MIN_LENGTH } from '@/lib/domain/access/password'

/** A new password ends every other session at once. */
export function PasswordForm() {
  const { form, submit, error, isPending } = useActionForm({
    schema: async () => (await import('@/lib/domain/access/inputs')).changePasswordInput,
    defaultValues: { currentPassword: '', newPassword: '' },
    action: changePassword,
    toInput: values => values,
    invalidates: ['profile.sessions'],
    onSuccess: () => {
      form.reset()
      toast.success('Your password is changed; every other session has ended.')
    },
  })
  const { errors } = form.formState
  return (
    <form className="grid max-w-md gap-4" onSubmit={submit} noValidate>
      <FormError error={error} title="Your password was not changed" />
      <Field label="Current password" error={errors.currentPassword?.message}>
        <FieldInput type="password" {...form.register('currentPassword')} autoComplete="current-password" />
      </Field>
      <Field
        label="New password"
        description={`At least ${PASSWORD_MIN_LENGTH} characters; a sentence is better than a word.`}
        error={errors.newPassword?.message}
      >
        <FieldInput type="password" {...form.register('newPassword')} autoComplete="new-password" />
      </Field>
      <SubmitButton isPending={isPending} className="justify-self-start">
        Change password
      </SubmitButton>
    </form>
  )
}
