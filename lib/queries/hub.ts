import type { TeamInput } from '@/lib/domain/access/inputs'
import type { HubModelInput, HubSearchInput } from '@/lib/domain/hub/model'
import { routes } from '@/lib/routes'
import { resource } from './transport'

export const hubModels = resource({
  name: 'hub.models',
  path: ({ team, search, task, author, weights }: HubSearchInput) =>
    routes.api.hubModels(team, { search: search || undefined, task, author: author || undefined, weights }),
  schema: async () => (await import('@/lib/domain/hub/model')).hubModelList,
})

/** One model at a revision: its commit, size, and whether the model server can run it. */
export const hubModel = resource({
  name: 'hub.model',
  path: ({ team, repository, revision }: HubModelInput) =>
    routes.api.hubModel(team, { repository, revision }),
  schema: async () => (await import('@/lib/domain/hub/model')).hubModelDetail,
})

export const hubFolders = resource({
  name: 'hub.folders',
  path: ({ team }: TeamInput) => routes.api.localModels(team),
  schema: async () => (await import('@/lib/domain/hub/model')).folderModelList,
})
