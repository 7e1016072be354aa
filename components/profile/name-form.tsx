'use client'

import { FormError } from '@/components/forms/form-error'
import { SubmitButton } from '@/components/forms/submit-button'
import { useActionForm } from '@/components/forms/use-action-form'
import { Field, FieldInput } from '@/components/ui/field'
import { renameProfile } from '@/lib/actions/profile'
import { toast } from '@/lib/client/toast'

/** How others see the person in events and the revision history. */
export function NameForm({ name, email }: { name: string; email: string }) {
  const { form, submit, error, isPending } = useActionForm({
    schema: async () => (await import('@/lib/domain/access/inputs')).renameProfileInput,
    defaultValues: { name },
    action: renameProfile,
    toInput: values => values,
    invalidates: ['profile.get'],
    onSuccess: () => void toast.success('Your name is changed.'),
  })
  return (
    <form className="grid max-w-md gap-4" onSubmit={submit} noValidate>
      <FormError error={error} title="Your name was not changed" />
      <Field label="Name" error={form.formState.errors.name?.message}>
        <FieldInput {...form.register('name')} defaultValue={name} autoComplete="name" />
      </Field>
      <Field label="E-mail" description="What you sign in with.">
        <FieldInput value={email} readOnly autoComplete="email" />
      </Field>
      <SubmitButton isPending={isPending} className="justify-self-start">
        Save
      </SubmitButton>
    </form>
  )
}
