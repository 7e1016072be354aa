import type { ProviderKind } from '@/lib/domain/hardware/provider'
import { HOST_PORT_HELP, hostPortOf } from './host-port'
import type { Network, PrivateLink } from './network'
import { AWS_ACCOUNT, AWS_IDS, type EntryRegion } from './rules'

/** What a person has entered of it; may be incomplete. Lists are texts, one per line or comma. */
export type NetworkDraft = {
  isPrivate: boolean
  awsAccount: string
  isShared: boolean
  entryRegion: EntryRegion | null
  vpcEndpoint: string
  isDirect: boolean
  address: string
  hasVpc: boolean
  subnets: string
  securityGroups: string
}

export const EMPTY_NETWORK: NetworkDraft = {
  isPrivate: false,
  awsAccount: '',
  isShared: false,
  entryRegion: null,
  vpcEndpoint: '',
  isDirect: false,
  address: '',
  hasVpc: false,
  subnets: '',
  securityGroups: '',
}

const itemsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)

function linkOf(provider: ProviderKind, draft: NetworkDraft): PrivateLink | null {
  const { awsAccount, isShared, entryRegion, vpcEndpoint } = draft
  switch (provider) {
    case 'huggingface':
      return { kind: provider, awsAccount: awsAccount.trim(), isShared, entryRegion }
    case 'sagemaker':
      return { kind: provider, vpcEndpoint: vpcEndpoint.trim() }
    case 'azure-ml':
      return { kind: provider }
    default:
      return null
  }
}

/** Undefined where nothing of it is wanted. */
export function networkOf(provider: ProviderKind, draft: NetworkDraft): Network | undefined {
  const link = draft.isPrivate ? linkOf(provider, draft) : null
  const calls = draft.isDirect
    ? ({ by: 'direct' } as const)
    : ({ by: 'gateway', address: draft.address.trim() } as const)
  const vpc = draft.hasVpc
    ? { subnets: itemsOf(draft.subnets), securityGroups: itemsOf(draft.securityGroups) }
    : null
  if (!link && !vpc) return undefined
  return { ...(link ? { private: { link, calls } } : {}), ...(vpc ? { vpc } : {}) }
}

/** The other way round: what a form of an existing endpoint begins with. */
export function networkDraftOf(network: Network | undefined): NetworkDraft {
  const { private: closed, vpc } = network ?? {}
  const link = closed?.link
  return {
    ...EMPTY_NETWORK,
    ...(link ? { isPrivate: true, ...withoutKind(link) } : {}),
    ...(closed?.calls.by === 'direct' ? { isDirect: true } : { address: closed?.calls.address ?? '' }),
    ...(vpc
      ? { hasVpc: true, subnets: vpc.subnets.join('\n'), securityGroups: vpc.securityGroups.join('\n') }
      : {}),
  }
}

function withoutKind({ kind: _, ...rest }: PrivateLink): Partial<NetworkDraft> {
  return rest
}

/** What is missing or wrong, by field of the draft. */
export function networkDraftProblems(
  provider: ProviderKind,
  draft: NetworkDraft,
): { field: keyof NetworkDraft; message: string }[] {
  const problems: { field: keyof NetworkDraft; message: string }[] = []
  const add = (field: keyof NetworkDraft, message: string) => problems.push({ field, message })
  if (draft.isPrivate) {
    if (provider === 'huggingface' && !AWS_ACCOUNT.test(draft.awsAccount.trim()))
      add('awsAccount', 'Give the AWS account that may connect: 12 digits.')
    if (provider === 'sagemaker' && !AWS_IDS.vpce.test(draft.vpcEndpoint.trim()))
      add('vpcEndpoint', 'Give the VPC endpoint of sagemaker.runtime: vpce-…')
    if (!draft.isDirect && hostPortOf(draft.address.trim()) === null)
      add('address', `Give the private address for the gateway, or choose direct only. ${HOST_PORT_HELP}`)
  }
  if (draft.hasVpc) {
    const isAll = (text: string, rule: RegExp) =>
      itemsOf(text).length > 0 && itemsOf(text).every(item => rule.test(item))
    if (!isAll(draft.subnets, AWS_IDS.subnet)) add('subnets', 'Give subnets: subnet-…, one per line.')
    if (!isAll(draft.securityGroups, AWS_IDS.sg))
      add('securityGroups', 'Give security groups: sg-…, one per line.')
  }
  return problems
}
