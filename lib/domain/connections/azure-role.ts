const WORKSPACES = 'Microsoft.MachineLearningServices/workspaces'
const ENDPOINTS = `${WORKSPACES}/onlineEndpoints`
const VERSIONS = `${WORKSPACES}/environments/versions`
const AUTOSCALE = 'Microsoft.Insights/autoscaleSettings'
const LOCATIONS = 'Microsoft.MachineLearningServices/locations'

/** What people want to know of an app, and the actions it takes. */
export type AzureRight = {
  id: string
  label: string
  actions: readonly string[]
  /** Needed in the resource group itself: a role in the workspace alone is not enough. */
  isOfGroup?: boolean
}

/**
 * What the app may do in the workspace's resource group: autoscale settings stand in the group, the rest below the
 * workspace. Names are of Microsoft’s list of resource provider operations, but for those of locations, Insights and
 * permissions, which are from memory.
 */
export const GROUP_RIGHTS = [
  {
    id: 'read',
    label: 'see endpoints and their state',
    actions: [`${WORKSPACES}/read`, `${ENDPOINTS}/read`, `${ENDPOINTS}/deployments/read`, `${VERSIONS}/read`],
  },
  {
    id: 'create',
    label: 'create and change endpoints',
    actions: [`${ENDPOINTS}/write`, `${ENDPOINTS}/deployments/write`, `${VERSIONS}/write`],
  },
  {
    id: 'delete',
    label: 'delete endpoints',
    actions: [`${ENDPOINTS}/delete`, `${ENDPOINTS}/deployments/delete`, `${VERSIONS}/delete`],
  },
  { id: 'logs', label: 'read logs', actions: [`${ENDPOINTS}/deployments/getLogs/action`] },
  { id: 'metrics', label: 'read metrics', actions: ['Microsoft.Insights/metrics/read'] },
  {
    id: 'scale',
    label: 'scale endpoints by load',
    actions: [`${AUTOSCALE}/read`, `${AUTOSCALE}/write`, `${AUTOSCALE}/delete`],
    isOfGroup: true,
  },
  { id: 'invoke', label: 'call endpoints', actions: [`${ENDPOINTS}/score/action`] },
] as const satisfies readonly AzureRight[]

/** What is of the whole subscription: Azure lets none of these be limited to a resource group. */
export const SUBSCRIPTION_RIGHTS = {
  hardware: { label: 'see hardware', action: `${LOCATIONS}/vmSizes/read` },
  quotas: { label: 'see quotas', action: `${LOCATIONS}/usages/read` },
  operations: { label: 'see why a deployment failed', action: `${LOCATIONS}/mfeOperationsStatus/read` },
} as const

/** So that the app can be told what it may do. */
export const SEE_RIGHTS = 'Microsoft.Authorization/permissions/read'

export type AzurePlace = { subscriptionId: string; resourceGroup: string }

export const subscriptionScope = ({ subscriptionId }: AzurePlace): string =>
  `/subscriptions/${subscriptionId}`
export const groupScope = (place: AzurePlace): string =>
  `${subscriptionScope(place)}/resourceGroups/${place.resourceGroup}`

/** A custom role, as `az role definition create` takes it. */
type Role = {
  Name: string
  Description: string
  Actions: readonly string[]
  AssignableScopes: readonly string[]
}

/** Names of custom roles are the only ones of their kind in a whole directory. */
export const groupRole = (place: AzurePlace): Role => ({
  Name: `Slipway endpoints in ${place.resourceGroup}`,
  Description: 'Run, scale, watch and call online endpoints of Azure Machine Learning.',
  Actions: [SEE_RIGHTS, ...GROUP_RIGHTS.flatMap(({ actions }): readonly string[] => actions)],
  AssignableScopes: [groupScope(place)],
})

export const subscriptionRole = (place: AzurePlace): Role => ({
  Name: `Slipway hardware in ${place.subscriptionId}`,
  Description: 'See the sizes and quotas of Azure Machine Learning, and what became of operations.',
  Actions: Object.values(SUBSCRIPTION_RIGHTS).map(({ action }) => action),
  AssignableScopes: [subscriptionScope(place)],
})

/** Lines for a shell that is signed in (`az login`): both roles, given to the app. */
export function roleCommands(place: AzurePlace, clientId: string): string {
  const app = clientId === '' ? '<application (client) ID>' : clientId
  return [groupRole(place), subscriptionRole(place)]
    .flatMap(role => [
      `az role definition create --role-definition '${JSON.stringify(role, null, 2)}'`,
      `az role assignment create --assignee "${app}" --role "${role.Name}" --scope "${role.AssignableScopes[0]}"`,
    ])
    .join('\n')
}

/** As Azure lists what somebody may do: one entry per role. */
export type Granted = { actions: readonly string[]; notActions: readonly string[] }

/** Whether a role among these allows an action. Azure knows `*` for any text, and no difference of case. */
export const isGranted = (granted: readonly Granted[], action: string): boolean =>
  granted.some(
    ({ actions, notActions }) =>
      actions.some(pattern => matches(pattern, action)) &&
      !notActions.some(pattern => matches(pattern, action)),
  )

function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map(part => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action)
}
