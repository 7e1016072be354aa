import type { z } from 'zod'
import type { SeenSetup } from '@/lib/domain/endpoint/drift'
import { SCALING_MEASURES } from '@/lib/domain/endpoint/scaling-measure'
import { measureSchema } from '@/lib/domain/endpoint/spec'
import { TASKS } from '@/lib/domain/endpoint/task'
import { type HfEndpoint, hfCustomImage } from './answers'

/** What they say of the settings that we send. */
export function setupOf({ type, compute, model }: HfEndpoint): SeenSetup {
  const custom = hfCustomImage.safeParse(model?.image?.custom).data
  // A task that is not ours to send says nothing.
  const task = TASKS.find(known => known === model?.task)
  return {
    ...(type ? { isOpen: type === 'public' } : {}),
    ...(compute?.id ? { instanceType: compute.id } : {}),
    ...(compute ? { scaling: scalingOf(compute.scaling) } : {}),
    ...(model?.repository ? { repository: model.repository } : {}),
    ...(model?.revision ? { modelRevision: model.revision } : {}),
    ...(task ? { task } : {}),
    ...(custom ? { image: custom.url, container: containerOf(custom, model) } : {}),
    ...(model?.env ? { env: model.env } : {}),
  }
}

function containerOf({ port, healthRoute }: z.infer<typeof hfCustomImage>, model: HfEndpoint['model']) {
  return {
    ...(port ? { port } : {}),
    ...(healthRoute ? { healthRoute } : {}),
    ...(model?.command ? { command: model.command } : {}),
    ...(model?.args ? { args: model.args } : {}),
  }
}

type HfScaling = NonNullable<HfEndpoint['compute']>['scaling']

export function scalingOf({ minReplica, maxReplica, scaleToZeroTimeout, measure: sent }: HfScaling) {
  const of = SCALING_MEASURES.find(known => sent?.[known] != null)
  const measure = of ? measureSchema.safeParse({ of, threshold: sent?.[of] }).data : undefined
  return {
    minReplicas: minReplica,
    maxReplicas: maxReplica,
    scaleToZeroTimeoutMinutes: scaleToZeroTimeout ?? null,
    ...(measure ? { measure } : {}),
  }
}
