import type { EndpointSpec, ModelSource } from './spec'

/** What people call the model of a source: a repository, "sample: sentiment", a folder. */
export function sourceLabel(source: ModelSource): string {
  switch (source.kind) {
    case 'sample':
      return `sample: ${source.name}`
    case 'hub':
      return source.repository
    case 'folder':
      return source.path
    case 'image':
      return 'image'
  }
}

/** The same of a whole spec, where an image has a name. */
export function modelLabel({ model, advanced }: Pick<EndpointSpec, 'model' | 'advanced'>): string {
  const { engine } = advanced
  return model.source.kind === 'image' && engine.kind === 'container'
    ? engine.image
    : sourceLabel(model.source)
}
