import type { HfLookups } from '@/lib/domain/endpoint/hf-compat-input'
import { SAMPLE_MODEL } from '@/lib/domain/endpoint/sample'
import type { ModelSource } from '@/lib/domain/endpoint/spec'
import { getModel } from '@/lib/server/hub/get-model'
import { listFolders } from '@/lib/server/hub/list-folders'
import { instanceTypesById } from '../catalog/read-catalog'

/** What the HF-compatible API must look up to read a body: instance types, and the task of a model. */
export const hfLookups = async (): Promise<HfLookups> => ({
  instanceTypes: await instanceTypesById(),
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
