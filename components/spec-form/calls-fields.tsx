'use client'

import { Field, FieldInput } from '@/components/ui/field'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import type { ProviderKind } from '@/lib/domain/hardware/provider'
import type { NetworkFieldsProps } from './network-fields'
import { ReachCheck } from './reach-check'

const WHERE: Partial<Record<ProviderKind, string>> = {
  huggingface:
    'Of the VPC endpoint that you make for the service name on Overview. It is known after the endpoint is made: begin with direct only, and give it in Settings.',
  sagemaker: 'A DNS name of that VPC endpoint, as its page in the AWS console lists them.',
  'azure-ml': 'The private address that the workspace’s private endpoint gives the scoring name.',
}

type Props = NetworkFieldsProps & { team: string; provider: ProviderKind }

/** Through the gateway where it reaches the private address, else past Slipway. */
export function CallsFields({ network, change, problemOf, team, provider }: Props) {
  return (
    <>
      <RadioGroup
        aria-label="Who calls it"
        value={network.isDirect ? 'direct' : 'gateway'}
        onValueChange={value => change({ isDirect: value === 'direct' })}
        className="grid gap-2 md:grid-cols-2"
      >
        <RadioTile value="gateway" className="grid content-start gap-1">
          <span className="font-medium">Through the gateway</span>
          <span className="text-muted-foreground text-xs">
            Callers use Slipway’s address and tokens; the gateway connects to the private address.
          </span>
        </RadioTile>
        <RadioTile value="direct" className="grid content-start gap-1">
          <span className="font-medium">Direct only</span>
          <span className="text-muted-foreground text-xs">
            Callers go to the provider with credentials of its account. Slipway’s tokens, time limit and
            counts do not apply; charts show the provider’s own metrics.
          </span>
        </RadioTile>
      </RadioGroup>
      {!network.isDirect && (
        <div className="grid max-w-xl gap-2">
          <Field
            label="Private address"
            description={WHERE[provider]}
            error={network.address === '' ? undefined : problemOf('address')}
          >
            <FieldInput
              className="font-mono"
              placeholder="vpce-0a1b2c3d.example.vpce.amazonaws.com"
              value={network.address}
              onChange={event => change({ address: event.target.value })}
            />
          </Field>
          <ReachCheck
            team={team}
            address={network.address.trim()}
            onDirect={() => change({ isDirect: true })}
          />
        </div>
      )}
    </>
  )
}
