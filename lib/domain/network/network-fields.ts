import type { Network } from './network'

type Field = { path: string; label: string; value: string | null }

/** What lists of changes say of it. */
export function networkFields(network: Network | undefined): Field[] {
  const link = network?.private?.link
  const calls = network?.private?.calls
  return [
    { path: 'network.private.link', label: 'private at the provider', value: link ? linkText(link) : null },
    {
      path: 'network.private.calls',
      label: 'calls',
      value: calls ? (calls.by === 'direct' ? 'direct only' : `by the gateway at ${calls.address}`) : null,
    },
    { path: 'network.vpc', label: 'VPC of the container', value: vpcText(network?.vpc) },
  ]
}

/** One line for pages and lists of changes. */
export function linkText(link: NonNullable<Network['private']>['link']): string {
  switch (link.kind) {
    case 'huggingface': {
      const entry = link.entryRegion === null ? '' : `, entered in ${link.entryRegion}`
      return `PrivateLink for AWS account ${link.awsAccount}${link.isShared ? ', shared' : ''}${entry}`
    }
    case 'sagemaker':
      return `calls from ${link.vpcEndpoint} only`
    case 'azure-ml':
      return 'public network access disabled'
  }
}

export const vpcText = (vpc: Network['vpc']): string | null =>
  vpc ? [...vpc.subnets, ...vpc.securityGroups].join(', ') : null
