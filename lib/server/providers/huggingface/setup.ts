import type { SeenSetup } from '@/lib/domain/endpoint/drift'
import { type HfEndpoint, hfCustomImage } from './answers'

/** What they say of the settings that we send. */
export function setupOf({ type, compute, model }: HfEndpoint): SeenSetup {
  const image = hfCustomImage.safeParse(model?.image?.custom).data?.url
  return {
    ...(type ? { isOpen: type === 'public' } : {}),
    ...(compute?.id ? { instanceType: compute.id } : {}),
    ...(compute ? { scaling: scalingOf(compute.scaling) } : {}),
    ...(model?.repository ? { repository: model.repository } : {}),
    ...(model?.revision ? { modelRevision: model.revision } : {}),
    ...(image ? { image } : {}),
    ...(model?.env ? { env: model.env } : {}),
  }
}

type HfScaling = NonNullable<HfEndpoint['compute']>['scaling']

const scalingOf = ({ minReplica, maxReplica, scaleToZeroTimeout }: HfScaling) => ({
  minReplicas: minReplica,
  maxReplicas: maxReplica,
  scaleToZeroTimeoutMinutes: scaleToZeroTimeout ?? null,
})
