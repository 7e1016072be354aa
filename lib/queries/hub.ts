import { z } from 'zod'
import type { TeamInput } from '@/lib/domain/access/inputs'
import {
  folderModel,
  type HubModelInput,
  type HubSearchInput,
  hubModelDetail,
  hubModelSummary,
} from '@/lib/domain/hub/model'
import { routes } from '@/lib/routes'
import { resource } from './transport'

export const hubModels = resource({
  name: 'hub.models',
  path: ({ team, search, task, author }: HubSearchInput) =>
    routes.api.hubModels(team, { search: search || undefined, task, author: author || undefined }),
  schema: z.object({ items: z.array(hubModelSummary) }),
})

/** One model at a revision: its commit, size, and whether the model server can run it. */
export const hubModel = resource({
  name: 'hub.model',
  path: ({ team, repository, revision }: HubModelInput) =>
    routes.api.hubModel(team, { repository, revision }),
  schema: hubModelDetail,
})

export const hubFolders = resource({
  name: 'hub.folders',
  path: ({ team }: TeamInput) => routes.api.localModels(team),
  schema: z.object({ items: z.array(folderModel) }),
})
