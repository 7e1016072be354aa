'use client'

import { FieldSelect } from '@/components/forms/field-select'
import { Field, FieldInput } from '@/components/ui/field'
import type { ProviderKind } from '@/lib/domain/hardware/provider'
import { ENTRY_REGIONS } from '@/lib/domain/network/rules'
import { CheckField } from './check-field'
import type { NetworkFieldsProps } from './network-fields'

const THEIRS = 'theirs'
const REGIONS = [
  { value: THEIRS, label: 'Chosen by Hugging Face' },
  ...ENTRY_REGIONS.map(value => ({ value, label: value })),
]

/** What each cloud must know to close an endpoint. */
export function LinkFields({
  network,
  change,
  problemOf,
  provider,
}: NetworkFieldsProps & { provider: ProviderKind }) {
  if (provider === 'azure-ml')
    return (
      <p className="text-muted-foreground text-xs">
        Azure gets <code>publicNetworkAccess: Disabled</code>: calls come in by a private endpoint of the
        workspace only, which is made once in the Azure portal (workspace, Networking, Private endpoint
        connections). Its private address is the one below.
      </p>
    )
  if (provider === 'sagemaker')
    return (
      <Field
        label="VPC endpoint of sagemaker.runtime"
        description="An interface endpoint in your VPC. SageMaker has no closed endpoints: a policy on your callers, shown on Overview, allows calls through this one only."
        error={network.vpcEndpoint === '' ? undefined : problemOf('vpcEndpoint')}
        className="max-w-xl"
      >
        <FieldInput
          className="font-mono"
          placeholder="vpce-0a1b2c3d4e5f67890"
          value={network.vpcEndpoint}
          onChange={event => change({ vpcEndpoint: event.target.value })}
        />
      </Field>
    )
  return (
    <>
      <div className="grid max-w-xl gap-4 sm:grid-cols-2">
        <Field
          label="AWS account"
          description="Who may connect: 12 digits. It cannot be changed later."
          error={network.awsAccount === '' ? undefined : problemOf('awsAccount')}
        >
          <FieldInput
            className="font-mono"
            inputMode="numeric"
            placeholder="123456789012"
            value={network.awsAccount}
            onChange={event => change({ awsAccount: event.target.value })}
          />
        </Field>
        <Field label="Entry region" description="Where the private link begins.">
          <FieldSelect
            value={network.entryRegion ?? THEIRS}
            options={REGIONS}
            onChange={value =>
              change({ entryRegion: ENTRY_REGIONS.find(region => region === value) ?? null })
            }
          />
        </Field>
      </div>
      <CheckField
        label="Shared"
        description="One VPC endpoint for several endpoints of the account."
        isChecked={network.isShared}
        onChange={isShared => change({ isShared })}
      />
    </>
  )
}
