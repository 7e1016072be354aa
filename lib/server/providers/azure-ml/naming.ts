import type { NamedRef } from '../port'

/** Every name of ours begins so. */
const PREFIX = 'slipway-'
const NAME_LENGTH = 15
const ID_LENGTH = 8

/**
 * What we call an endpoint, and the environments of its containers too: our name, and enough of our id that
 * a deleted endpoint and its successor never mean the same. Azure takes 32 characters, and a name must be the only
 * one of its kind in the whole region, whoever has it.
 */
export const ownNameOf = ({ endpointId, endpointName }: NamedRef): string =>
  `${PREFIX}${endpointName.slice(0, NAME_LENGTH).replace(/-+$/, '')}-${endpointId.slice(0, ID_LENGTH)}`

/** What the endpoint itself is called there; an adopted one keeps its name. */
export const endpointNameOf = (ref: NamedRef): string => ref.adopted?.name ?? ownNameOf(ref)

/** A revision's deployment; Azure wants three characters at least. */
export const deploymentNameOf = (revision: number): string => `rev-${revision}`

export function revisionOfDeployment(name: string): number | null {
  const revision = Number(/^rev-(\d+)$/.exec(name)?.[1])
  return Number.isInteger(revision) && revision > 0 ? revision : null
}

/**
 * One instance of a deployment, as we call it: which deployment, when it was created (resumed, it is another one under
 * the same name), and a number.
 */
export type Instance = { deployment: string; createdMs: number; ordinal: number }

export const replicaNameOf = ({ deployment, createdMs, ordinal }: Instance): string =>
  `${deployment}-${createdMs}-${ordinal}`

export function instanceOf(replicaName: string): Instance | null {
  const [, deployment, created, ordinal] = /^(.+)-(\d+)-(\d+)$/.exec(replicaName) ?? []
  if (!deployment) return null
  return { deployment, createdMs: Number(created), ordinal: Number(ordinal) }
}
