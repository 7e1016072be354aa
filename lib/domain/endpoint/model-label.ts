import type { EndpointSpec, Engine, ModelSource } from './spec'

/** What people call the model of a source: a repository, "sample: sentiment", a folder, an image's name. */
export function sourceLabel(source: ModelSource, engine?: Engine): string {
  switch (source.kind) {
    case 'sample':
      return `sample: ${source.name}`
    case 'hub':
      return source.repository
    case 'folder':
      return source.path
    case 'image':
      return engine?.kind === 'container' ? engine.image : 'image'
  }
}

/** The same of a whole spec. */
export const modelLabel = ({ model, advanced }: Pick<EndpointSpec, 'model' | 'advanced'>): string =>
  sourceLabel(model.source, advanced.engine)
