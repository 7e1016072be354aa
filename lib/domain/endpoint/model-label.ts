import type { EndpointSpec } from './spec'

/** What people call the model: a repository, "sample: sentiment", a folder, an image. */
export function modelLabel(spec: Pick<EndpointSpec, 'model' | 'advanced'>): string {
  const { source } = spec.model
  switch (source.kind) {
    case 'sample':
      return `sample: ${source.name}`
    case 'hub':
      return source.repository
    case 'folder':
      return source.path
    case 'image':
      return spec.advanced.engine.kind === 'container' ? spec.advanced.engine.image : 'image'
  }
}
