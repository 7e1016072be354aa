import type { HfUpdateBody } from './hf-compat-body'
import type { toHfBody } from './hf-compat-output'

type Loose = Record<string, unknown>

/**
 * What the endpoint would have been created with after this update: given parts replace, `compute` and its
 * scaling and `model` merge field by field, everything else stays (env and secrets among it). What belonged to a
 * replaced part goes with it: a new repository is not pinned to the old one's commit.
 */
export function mergeHfUpdate(current: ReturnType<typeof toHfBody>, update: HfUpdateBody): Loose {
  const { compute, model, baseRevision: _, name: __, ...top } = update
  return {
    ...withoutStaleRanges(current, top),
    ...top,
    compute: mergeCompute(current.compute, compute ?? {}),
    model: mergeModel(current.model, model ?? {}),
  }
}

function mergeCompute({ id, ...current }: Loose & { id: string }, update: Loose): Loose {
  const isOtherType = ['instanceType', 'instanceSize', 'accelerator'].some(key => key in update)
  return {
    ...current,
    ...(isOtherType ? {} : { id }),
    ...update,
    scaling: mergeScaling(current.scaling as Loose, (update.scaling as Loose | undefined) ?? {}),
  }
}

/** HF's older words for the measure replace it too. */
function mergeScaling({ measure, ...current }: Loose, update: Loose): Loose {
  const isOther = 'metric' in update || 'threshold' in update
  return { ...current, ...(isOther ? {} : { measure }), ...update }
}

function mergeModel({ source, revision, ...current }: Loose, update: Loose): Loose {
  const isOtherModel = 'repository' in update && update.repository !== current.repository
  return { ...current, ...(isOtherModel ? {} : { source, revision }), ...update }
}

/** Another type word without ranges means one without ranges. The same word again changes nothing. */
function withoutStaleRanges(current: Loose, update: Loose): Loose {
  const { allowedRanges, ...rest } = current
  return 'type' in update && update.type !== current.type ? rest : { ...rest, allowedRanges }
}
