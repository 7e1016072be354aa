'use client'

import { useController, useWatch } from 'react-hook-form'
import { useTeam } from '@/components/layout/team-context'
import { Field, FieldInput } from '@/components/ui/field'
import { useResource } from '@/lib/client/use-resource'
import { AZURE_REGIONS } from '@/lib/domain/connections/azure-regions'
import { connectionsList } from '@/lib/queries/connections'
import { AmbientChoice } from './ambient-choice'
import type { AzureFormValues } from './azure-form-schema'
import { AzureRoleHelp } from './azure-role-help'
import { ConnectionFrame, MONO, SECRET } from './connection-frame'
import { RegionField } from './region-field'
import { type ConnectionFormProps, frameValues, useConnectionForm } from './use-connection-form'

const GUID = '00000000-0000-0000-0000-000000000000'

/** A workspace of Azure Machine Learning, and the app that acts in it. Tested before it is kept. */
export function AzureConnectionForm(props: ConnectionFormProps) {
  const state = useAzureForm(props)
  const { register, control, formState } = state.form
  const [subscriptionId, resourceGroup, clientId] = useWatch({
    control,
    name: ['subscriptionId', 'resourceGroup', 'clientId'],
  })
  const errorOf = (field: keyof AzureFormValues) => formState.errors[field]?.message
  return (
    <ConnectionFrame
      state={state}
      namePlaceholder="Azure, research"
      address={{
        label: 'Endpoint URL',
        description: 'Of every Azure service, for a private cloud or a test. Empty for Azure itself.',
      }}
    >
      <Field
        label="Subscription ID"
        description="Whoever pays for it pays for the endpoints."
        error={errorOf('subscriptionId')}
      >
        <FieldInput {...register('subscriptionId')} {...MONO} placeholder={GUID} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Resource group" error={errorOf('resourceGroup')}>
          <FieldInput {...register('resourceGroup')} {...MONO} placeholder="models" />
        </Field>
        <Field label="Workspace" error={errorOf('workspace')}>
          <FieldInput {...register('workspace')} {...MONO} placeholder="research" />
        </Field>
      </div>
      <RegionField
        description="The workspace’s own: its endpoints run here."
        error={errorOf('region')}
        regions={AZURE_REGIONS}
        placeholder="eastus"
        {...register('region')}
      />
      <AzureRoleHelp subscriptionId={subscriptionId} resourceGroup={resourceGroup} clientId={clientId} />
      <Field label="Directory (tenant) ID" error={errorOf('tenantId')}>
        <FieldInput {...register('tenantId')} {...MONO} placeholder={GUID} />
      </Field>
      <Credentials form={state.form} isChange={props.connection !== undefined} />
    </ConnectionFrame>
  )
}

type Form = ReturnType<typeof useAzureForm>['form']

/** The machine's own, where an administrator allows the team to use it; otherwise an app. */
function Credentials(props: { form: Form; isChange: boolean }) {
  const { data } = useResource(connectionsList, { team: useTeam().slug })
  const { field, fieldState } = useController({ control: props.form.control, name: 'isAmbient' })
  if (!data.mayUseAmbientAzure) return <AppFields {...props} />
  return (
    <>
      <AmbientChoice field={field} error={fieldState.error?.message}>
        The identity that Azure’s own tools find where Slipway runs: a managed or a workload identity, or
        variables. It needs the roles of the app.
      </AmbientChoice>
      {!field.value && <AppFields {...props} />}
    </>
  )
}

function AppFields({ form, isChange }: { form: Form; isChange: boolean }) {
  const { errors } = form.formState
  return (
    <>
      <Field
        label="Application (client) ID"
        description={isChange ? 'Leave app and secret empty to keep those that are stored.' : undefined}
        error={errors.clientId?.message}
      >
        <FieldInput {...form.register('clientId')} {...MONO} placeholder={GUID} />
      </Field>
      <Field
        label="Client secret"
        description="Its value, which Azure shows once. It ends on the day chosen there."
        error={errors.clientSecret?.message}
      >
        <FieldInput {...form.register('clientSecret')} {...SECRET} />
      </Field>
    </>
  )
}

function useAzureForm(props: ConnectionFormProps) {
  const { connection } = props
  const team = useTeam().slug
  const known = connection?.settings.kind === 'azure-ml' ? connection.settings : null
  return useConnectionForm<AzureFormValues>({
    ...props,
    schema: async () => {
      const schemas = await import('./azure-form-schema')
      return connection ? schemas.changedAzureSchema : schemas.newAzureSchema
    },
    defaultValues: {
      ...frameValues(connection),
      tenantId: known?.tenantId ?? '',
      subscriptionId: known?.subscriptionId ?? '',
      resourceGroup: known?.resourceGroup ?? '',
      workspace: known?.workspace ?? '',
      region: known?.region ?? '',
      isAmbient: false,
      clientId: '',
      clientSecret: '',
    },
    toAccount: ({ name: _, isAmbient, clientId, clientSecret, ...place }, baseUrl) => ({
      settings: { kind: 'azure-ml', ...place, baseUrl },
      secrets: isAmbient ? { ambientFor: team } : { clientId, clientSecret },
      keepsSecrets: !isAmbient && clientId === '',
    }),
  })
}
