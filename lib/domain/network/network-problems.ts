import type { ProviderKind } from '@/lib/domain/hardware/provider'
import type { Network } from './network'

type Closed = {
  network?: Network | undefined
  hardware: { provider: ProviderKind }
  security: { level: string }
}

/** What is wrong with how a spec is closed to the internet, by field; what the provider cannot do among it. */
export function networkProblems(
  { network, hardware, security }: Closed,
  provider: string,
  can: { privateLink: boolean; vpc: boolean },
): Record<string, string> {
  const problems: Record<string, string> = {}
  const closed = network?.private
  if (closed && !can.privateLink)
    problems['network.private'] = `${provider} has no private link: leave it out.`
  else if (closed && closed.link.kind !== hardware.provider)
    problems['network.private.link'] = `That is not how ${provider} closes an endpoint.`
  if (closed && security.level === 'public')
    problems['security.level'] =
      'What is private at its provider cannot be public here: choose protected or private.'
  if (network?.vpc && !can.vpc)
    problems['network.vpc'] = `${provider} takes no VPC for containers: leave it out.`
  return problems
}
