import type { HfLookups } from '@/lib/domain/endpoint/hf-compat-input'
import { SAMPLE_MODEL } from '@/lib/domain/endpoint/sample'
import type { ModelSource } from '@/lib/domain/endpoint/spec'
import type { CatalogView } from '@/lib/domain/hardware/catalog'
import { getModel } from '@/lib/server/hub/get-model'
import { listFolders } from '@/lib/server/hub/list-folders'

/** What the HF-compatible API must look up to read a body: instance types, and the task of a model. */
export const hfLookups = ({ providers }: CatalogView): HfLookups => ({
  // Two connections may offer the same; the older one has it, as in the wizard's order.
  instanceTypes: new Map(
    providers
      .flatMap(({ connection, instanceTypes }) =>
        instanceTypes.map(type => [type.id, { ...type, connection: connection?.id ?? null }] as const),
      )
      .reverse(),
  ),
  taskOf,
})

async function taskOf(source: ModelSource): Promise<string | null> {
  switch (source.kind) {
    case 'sample':
      return SAMPLE_MODEL.task
    case 'folder': {
      const folders = await listFolders()
      return folders.ok ? (folders.data.find(folder => folder.path === source.path)?.task ?? null) : null
    }
    case 'hub': {
      const model = await getModel(source.repository, source.revision ?? 'main')
      return model.ok ? model.data.task : null
    }
    case 'image':
      return null
  }
}
