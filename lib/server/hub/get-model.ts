import type { HubModelDetail } from '@/lib/domain/hub/model'
import { obstacleOf, onnxWeights, weightsBytesOf } from '@/lib/domain/hub/weights'
import { ok, type Result } from '@/lib/domain/result'
import { readHub } from './request'
import { hubModelInfo, hubRefs, summaryOf } from './schemas'

const pathOf = (repository: string) =>
  `/api/models/${repository.split('/').map(encodeURIComponent).join('/')}`

/** One model at a revision: the commit it points at, what it weighs, and whether the model server can run it. */
export async function getModel(repository: string, revision: string): Promise<Result<HubModelDetail>> {
  const [info, refs] = await Promise.all([
    readHub(`${pathOf(repository)}/revision/${encodeURIComponent(revision)}?blobs=true`, hubModelInfo),
    readHub(`${pathOf(repository)}/refs`, hubRefs),
  ])
  if (!info.ok) return info
  const model = info.data
  const files = (model.siblings ?? []).map(file => ({ path: file.rfilename, sizeBytes: file.size ?? 0 }))
  const summary = summaryOf(model)
  const license = model.cardData?.license
  return ok({
    ...summary,
    license: summary.license ?? (Array.isArray(license) ? license.join(', ') : (license ?? null)),
    onnx: onnxWeights(files).length > 0,
    commit: model.sha,
    revisions: refs.ok
      ? [
          ...(refs.data.branches ?? []).map(ref => ({
            name: ref.name,
            kind: 'branch' as const,
            commit: ref.targetCommit,
          })),
          ...(refs.data.tags ?? []).map(ref => ({
            name: ref.name,
            kind: 'tag' as const,
            commit: ref.targetCommit,
          })),
        ]
      : [],
    weightsBytes: weightsBytesOf(files),
    obstacle: obstacleOf(files, summary.task),
  })
}
