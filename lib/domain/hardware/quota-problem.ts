import type { InstanceType } from './instance-type'

/** Why so many replicas cannot be: the account's quota ends before. Of a quota of 0 the availability tells. */
export function quotaProblem(
  { quota, label }: Pick<InstanceType, 'quota' | 'label'>,
  maxReplicas: number,
): string | null {
  if (quota === undefined || quota === 0 || maxReplicas <= quota) return null
  return `The account's quota is ${quota} × ${label}: ask the provider for more, or lower the maximum.`
}
