/**
 * One instance of an endpoint, as we call it: the variant (ours are called after the revision), when the endpoint was created (resumed, it is
 * another one under the same name), and a number.
 */
export type Instance = { variant: string; startedMs: number; ordinal: number }

export const replicaNameOf = ({ variant, startedMs, ordinal }: Instance): string =>
  `${variant}-${startedMs}-${ordinal}`

export function instanceOf(replicaName: string): Instance | null {
  const [, variant, started, ordinal] = /^(.+)-(\d+)-(\d+)$/.exec(replicaName) ?? []
  if (!variant) return null
  return { variant, startedMs: Number(started), ordinal: Number(ordinal) }
}
