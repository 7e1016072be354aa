import { AWS_PREFIX } from '@/lib/domain/connections/aws-policy'
import type { NamedRef } from '../port'

const NAME_LENGTH = 32
const ID_LENGTH = 8

/**
 * What we call it: our name, and enough of our id that a deleted endpoint and its successor never mean the same. With
 * a revision behind it at most 63 characters, as SageMaker asks.
 */
export const ownNameOf = ({ endpointId, endpointName }: NamedRef): string =>
  `${AWS_PREFIX}${endpointName.slice(0, NAME_LENGTH).replace(/-+$/, '')}-${endpointId.slice(0, ID_LENGTH)}`

/** The other way round, of something that we called so. */
export const refOfOwnName = (name: string, endpointId: string): NamedRef => ({
  endpointId,
  endpointName: name.slice(AWS_PREFIX.length, -ID_LENGTH - 1),
})

/** What the endpoint itself is called there; an adopted one keeps its name, and gets models and configurations of ours. */
export const endpointNameOf = (ref: NamedRef): string => ref.adopted?.name ?? ownNameOf(ref)

/** One revision's model and configuration, both under this name. */
export const revisionNameOf = (ref: NamedRef, revision: number): string => `${ownNameOf(ref)}-r${revision}`

/** Log streams and metrics carry it, which tells one revision's lines from another's. */
export const variantOf = (revision: number): string => `r${revision}`

/** The same of one that is an inference component: those of both kinds write logs at different places. */
export const componentVariantOf = (revision: number): string => `c${revision}`

export function componentRevision(variant: string): number | null {
  const [, revision] = /^c(\d+)$/.exec(variant) ?? []
  return revision === undefined ? null : Number(revision)
}

const REVISION = new RegExp(`^${AWS_PREFIX}.+-r(\\d+)$`)

/** Null also of what somebody else called alike. */
export function revisionOfName(name: string | undefined): number | null {
  const revision = Number(REVISION.exec(name ?? '')?.[1])
  return Number.isInteger(revision) && revision > 0 ? revision : null
}

/** Whether a name is a revision of this very endpoint, not of one whose name begins alike. */
export function isRevisionOf(ref: NamedRef, name: string): boolean {
  const base = `${ownNameOf(ref)}-r`
  return name.startsWith(base) && /^\d+$/.test(name.slice(base.length))
}

export const logGroupOf = (ref: NamedRef): string => `/aws/sagemaker/Endpoints/${endpointNameOf(ref)}`

export const componentLogGroupOf = (component: string): string =>
  `/aws/sagemaker/InferenceComponents/${component}`
