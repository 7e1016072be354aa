import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { ProviderError } from './port'

/** The hardware that a spec asks for. Throws `invalid_spec` where `provider`, as people call it, has none such now. */
export function typeOf(
  { hardware }: EndpointSpec,
  { instanceTypes }: { instanceTypes: readonly InstanceType[] },
  provider: string,
): InstanceType {
  const type = instanceTypes.find(({ id }) => id === hardware.instanceType)
  if (type) return type
  throw new ProviderError(
    'invalid_spec',
    `${provider} has no ${hardware.instanceType} any more. Choose other hardware in Settings.`,
  )
}
