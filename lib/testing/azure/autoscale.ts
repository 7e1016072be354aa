// Part of a stand-in for Azure: autoscale settings are kept and told again. Nothing scales by them here.
import type { Answer, Asked } from './answers'
import { missing, userError } from './refused'
import type { SettingAsked, Workspace } from './workspace'

export function autoscaleHandlers({ settings, endpoints }: Workspace) {
  const told = (path: string, name: string, asked: SettingAsked) => ({
    ...asked,
    id: path,
    name,
    type: 'Microsoft.Insights/autoscaleSettings',
  })
  return {
    autoscaleSettingsList: ({ path }: Asked): Answer => ({
      status: 200,
      body: { value: [...settings].map(([name, asked]) => told(`${path}/${name}`, name, asked)) },
    }),
    autoscaleSettingsGet: ({ path, names: { setting = '' } }: Asked): Answer => {
      const asked = settings.get(setting)
      if (!asked) throw missing(`Autoscale setting ${setting}`)
      return { status: 200, body: told(path, setting, asked) }
    },
    autoscaleSettingsCreateOrUpdate: ({ path, names: { setting = '' }, body }: Asked): Answer => {
      const asked = body as SettingAsked
      const [endpoint = '', , deployment = ''] =
        asked.properties.targetResourceUri?.split('/').slice(-3) ?? []
      if (endpoints.get(endpoint)?.deployments.get(deployment)?.state !== 'Succeeded')
        throw userError(`There is nothing to scale at ${asked.properties.targetResourceUri}.`)
      const isNew = !settings.has(setting)
      settings.set(setting, asked)
      return { status: isNew ? 201 : 200, body: told(path, setting, asked) }
    },
    autoscaleSettingsDelete: ({ names: { setting = '' } }: Asked): Answer => ({
      status: settings.delete(setting) ? 200 : 204,
      body: null,
    }),
  }
}
