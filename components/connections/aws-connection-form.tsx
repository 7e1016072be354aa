'use client'

import { useId } from 'react'
import { useController, useWatch } from 'react-hook-form'
import { FormError } from '@/components/forms/form-error'
import { SubmitButton } from '@/components/forms/submit-button'
import { useActionForm } from '@/components/forms/use-action-form'
import { useTeam } from '@/components/layout/team-context'
import { Checkbox } from '@/components/ui/checkbox'
import { DialogFooter } from '@/components/ui/dialog'
import { Field, FieldInput } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { createConnection, updateConnection } from '@/lib/actions/connections'
import { useResource } from '@/lib/client/use-resource'
import { AWS_REGIONS } from '@/lib/domain/connections/aws-regions'
import type { ConnectionView } from '@/lib/domain/connections/view'
import { connectionsList } from '@/lib/queries/connections'
import type { AwsFormValues } from './aws-form-schema'
import { AwsPolicyHelp } from './aws-policy-help'

type Props = { connection?: ConnectionView; onSaved: (saved: ConnectionView) => void }

/** An AWS account in one region: what acts in it, and what its containers run as. Tested before it is kept. */
export function AwsConnectionForm({ connection, onSaved }: Props) {
  const { form, submit, error, isPending } = useAwsForm({ connection, onSaved })
  const { errors } = form.formState
  const [region, roleArn] = useWatch({ control: form.control, name: ['region', 'roleArn'] })
  const regions = useId()
  const mono = { autoComplete: 'off', spellCheck: false, className: 'font-mono' } as const
  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      <FormError error={error} title="The connection was not saved" />
      <Field label="Name" description="How the wizard calls it." error={errors.name?.message}>
        <FieldInput {...form.register('name')} autoComplete="off" placeholder="AWS, research" />
      </Field>
      <Field
        label="Region"
        description="Endpoints of this connection run here. Add one connection for each region."
        error={errors.region?.message}
      >
        <FieldInput {...form.register('region')} {...mono} list={regions} placeholder="us-east-1" />
      </Field>
      <datalist id={regions}>
        {Object.entries(AWS_REGIONS).map(([code, label]) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </datalist>
      <Field
        label="Execution role ARN"
        description="What the containers run as: it pulls images and writes logs."
        error={errors.roleArn?.message}
      >
        <FieldInput
          {...form.register('roleArn')}
          {...mono}
          placeholder="arn:aws:iam::123456789012:role/slipway"
        />
      </Field>
      <AwsPolicyHelp region={region} roleArn={roleArn} />
      <Credentials form={form} isChange={connection !== undefined} />
      <Field
        label="Endpoint URL"
        optional
        description="Of every AWS service, for an emulator or a private cloud. Empty for AWS itself."
        error={errors.baseUrl?.message}
      >
        <FieldInput {...form.register('baseUrl')} type="url" autoComplete="off" placeholder="https://…" />
      </Field>
      <DialogFooter>
        <SubmitButton isPending={isPending}>{isPending ? 'Testing…' : 'Test and save'}</SubmitButton>
      </DialogFooter>
    </form>
  )
}

type Form = ReturnType<typeof useAwsForm>['form']

/** The machine's own, where an administrator allows the team to use them; otherwise keys. */
function Credentials(props: { form: Form; isChange: boolean }) {
  const { data } = useResource(connectionsList, { team: useTeam().slug })
  const { control, formState } = props.form
  const { field } = useController({ control, name: 'isAmbient' })
  const id = useId()
  if (!data.mayUseAmbientAws) return <KeyFields {...props} />
  return (
    <>
      <div className="grid gap-1">
        <span className="flex items-center gap-2">
          <Checkbox
            id={id}
            checked={field.value}
            onCheckedChange={checked => field.onChange(checked === true)}
          />
          <Label htmlFor={id}>Use the credentials of this machine</Label>
        </span>
        <p className="text-muted-foreground text-xs">
          Those that AWS’s own tools find where Slipway runs: an instance role, a profile, or variables. They
          are renewed by themselves, and need the policy of the keys.
        </p>
        {formState.errors.isAmbient && (
          <p role="alert" className="text-destructive text-xs">
            {formState.errors.isAmbient.message}
          </p>
        )}
      </div>
      {!field.value && <KeyFields {...props} />}
    </>
  )
}

function KeyFields({ form, isChange }: { form: Form; isChange: boolean }) {
  const { errors } = form.formState
  const secret = { autoComplete: 'off', spellCheck: false } as const
  return (
    <>
      <Field
        label="Access key ID"
        description={isChange ? 'Leave the keys empty to keep those that are stored.' : undefined}
        error={errors.accessKeyId?.message}
      >
        <FieldInput {...form.register('accessKeyId')} {...secret} className="font-mono" placeholder="AKIA…" />
      </Field>
      <Field label="Secret access key" error={errors.secretAccessKey?.message}>
        <FieldInput {...form.register('secretAccessKey')} {...secret} type="password" />
      </Field>
      <Field
        label="Session token"
        optional
        description="Of temporary keys (ASIA…). They end within hours, and the endpoints cannot be called or changed until you replace them here; keys of an IAM user do not end."
        error={errors.sessionToken?.message}
      >
        <FieldInput {...form.register('sessionToken')} {...secret} type="password" />
      </Field>
    </>
  )
}

function useAwsForm({ connection, onSaved }: Props) {
  const team = useTeam().slug
  const known = connection?.settings.kind === 'sagemaker' ? connection.settings : null
  return useActionForm({
    schema: async () => {
      const schemas = await import('./aws-form-schema')
      return connection ? schemas.changedAwsSchema : schemas.newAwsSchema
    },
    defaultValues: {
      name: connection?.name ?? '',
      region: known?.region ?? '',
      roleArn: known?.roleArn ?? '',
      baseUrl: known?.baseUrl ?? '',
      isAmbient: false,
      accessKeyId: '',
      secretAccessKey: '',
      sessionToken: '',
    },
    action: ({ name, region, roleArn, baseUrl, isAmbient, sessionToken, ...keys }: AwsFormValues) => {
      const settings = { kind: 'sagemaker' as const, region, roleArn, baseUrl: baseUrl || null }
      const secrets = isAmbient ? { ambientFor: team } : { ...keys, sessionToken: sessionToken || null }
      if (!connection) return createConnection({ team, name, settings, secrets })
      const replaced = isAmbient || keys.accessKeyId !== '' ? secrets : null
      return updateConnection({ team, connectionId: connection.id, name, settings, secrets: replaced })
    },
    toInput: values => values,
    invalidates: ['connections.list', 'catalog.get'],
    onSuccess: onSaved,
  })
}
