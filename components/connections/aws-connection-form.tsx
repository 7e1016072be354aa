'use client'

import { useController, useWatch } from 'react-hook-form'
import { useTeam } from '@/components/layout/team-context'
import { Field, FieldInput } from '@/components/ui/field'
import { useResource } from '@/lib/client/use-resource'
import { AWS_REGIONS } from '@/lib/domain/connections/aws-regions'
import { connectionsList } from '@/lib/queries/connections'
import { AmbientChoice } from './ambient-choice'
import type { AwsFormValues } from './aws-form-schema'
import { AwsPolicyHelp } from './aws-policy-help'
import { ConnectionFrame, MONO, SECRET } from './connection-frame'
import { RegionField } from './region-field'
import { type ConnectionFormProps, frameValues, useConnectionForm } from './use-connection-form'

/** An AWS account in one region: what acts in it, and what its containers run as. Tested before it is kept. */
export function AwsConnectionForm(props: ConnectionFormProps) {
  const state = useAwsForm(props)
  const { form } = state
  const { errors } = form.formState
  const [region, roleArn] = useWatch({ control: form.control, name: ['region', 'roleArn'] })
  return (
    <ConnectionFrame
      state={state}
      namePlaceholder="AWS, research"
      address={{
        label: 'Endpoint URL',
        description: 'Of every AWS service, for an emulator or a private cloud. Empty for AWS itself.',
      }}
    >
      <RegionField
        description="Endpoints of this connection run here. Add one connection for each region."
        error={errors.region?.message}
        regions={AWS_REGIONS}
        placeholder="us-east-1"
        {...form.register('region')}
      />
      <Field
        label="Execution role ARN"
        description="What the containers run as: it pulls images and writes logs."
        error={errors.roleArn?.message}
      >
        <FieldInput
          {...form.register('roleArn')}
          {...MONO}
          placeholder="arn:aws:iam::123456789012:role/slipway"
        />
      </Field>
      <AwsPolicyHelp region={region} roleArn={roleArn} />
      <Credentials form={form} isChange={props.connection !== undefined} />
    </ConnectionFrame>
  )
}

type Form = ReturnType<typeof useAwsForm>['form']

/** The machine's own, where an administrator allows the team to use them; otherwise keys. */
function Credentials(props: { form: Form; isChange: boolean }) {
  const { data } = useResource(connectionsList, { team: useTeam().slug })
  const { field, fieldState } = useController({ control: props.form.control, name: 'isAmbient' })
  if (!data.mayUseAmbientAws) return <KeyFields {...props} />
  return (
    <>
      <AmbientChoice field={field} error={fieldState.error?.message}>
        Those that AWS’s own tools find where Slipway runs: an instance role, a profile, or variables. They
        are renewed by themselves, and need the policy of the keys.
      </AmbientChoice>
      {!field.value && <KeyFields {...props} />}
    </>
  )
}

function KeyFields({ form, isChange }: { form: Form; isChange: boolean }) {
  const { errors } = form.formState
  return (
    <>
      <Field
        label="Access key ID"
        description={isChange ? 'Leave the keys empty to keep those that are stored.' : undefined}
        error={errors.accessKeyId?.message}
      >
        <FieldInput {...form.register('accessKeyId')} {...MONO} placeholder="AKIA…" />
      </Field>
      <Field label="Secret access key" error={errors.secretAccessKey?.message}>
        <FieldInput {...form.register('secretAccessKey')} {...SECRET} />
      </Field>
    </>
  )
}

function useAwsForm(props: ConnectionFormProps) {
  const { connection } = props
  const team = useTeam().slug
  const known = connection?.settings.kind === 'sagemaker' ? connection.settings : null
  return useConnectionForm<AwsFormValues>({
    ...props,
    schema: async () => {
      const schemas = await import('./aws-form-schema')
      return connection ? schemas.changedAwsSchema : schemas.newAwsSchema
    },
    defaultValues: {
      ...frameValues(connection),
      region: known?.region ?? '',
      roleArn: known?.roleArn ?? '',
      isAmbient: false,
      accessKeyId: '',
      secretAccessKey: '',
    },
    toAccount: ({ region, roleArn, isAmbient, accessKeyId, secretAccessKey }, baseUrl) => ({
      settings: { kind: 'sagemaker', region, roleArn, baseUrl },
      secrets: isAmbient ? { ambientFor: team } : { accessKeyId, secretAccessKey },
      keepsSecrets: !isAmbient && accessKeyId === '',
    }),
  })
}
