'use client'

import { HelpText } from '@/components/connections/help-text'
import { Field, FieldTextarea } from '@/components/ui/field'
import { VPC_ROLE_POLICY } from '@/lib/domain/network/caller-policy'
import { CheckField } from './check-field'
import type { NetworkFieldsProps } from './network-fields'

/** Egress, and said to be: people take it for a way to close an endpoint. */
export function VpcFields({ network, change, problemOf }: NetworkFieldsProps) {
  const fieldOf = (name: 'subnets' | 'securityGroups', label: string, placeholder: string) => (
    <Field
      label={label}
      description="One per line."
      error={network[name] === '' ? undefined : problemOf(name)}
    >
      <FieldTextarea
        rows={2}
        className="font-mono text-xs"
        placeholder={placeholder}
        value={network[name]}
        onChange={event => change({ [name]: event.target.value })}
      />
    </Field>
  )
  return (
    <CheckField
      label="Containers in your VPC"
      description="Where the container may connect to, such as a mirror of the Hub or a database: network egress. It does not change who may call the endpoint."
      isChecked={network.hasVpc}
      onChange={hasVpc => change({ hasVpc })}
    >
      <div className="grid max-w-xl gap-4 sm:grid-cols-2">
        {fieldOf('subnets', 'Subnets', 'subnet-0a1b2c3d')}
        {fieldOf('securityGroups', 'Security groups', 'sg-0a1b2c3d')}
      </div>
      <HelpText
        title="The role: what it needs besides"
        text={JSON.stringify(VPC_ROLE_POLICY, null, 2)}
        copy="Copy the policy"
      >
        For the connection’s execution role. Without a way to the Hub from these subnets a Hub model cannot be
        loaded.
      </HelpText>
    </CheckField>
  )
}
