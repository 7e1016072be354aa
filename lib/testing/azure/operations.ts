// A stand-in's rules: which calls there are, and what is sent and answered in each (see schemas/ for where from).
import {
  permissionsTold,
  pricesTold,
  tokenAsked,
  tokenRefused,
  tokenTold,
  usagesTold,
  vmSizesTold,
  workspaceTold,
} from './schemas/account'
import { operationStatus, type Schema } from './schemas/arm'
import { autoscaleAsked, autoscalesTold, autoscaleTold, metricsTold } from './schemas/monitor'
import * as online from './schemas/online'

export type Operation = {
  id: string
  method: string
  path: RegExp
  /** What the caller must be allowed to do; null where nobody is asked. */
  right: string | null
  /** Of the API, where it is not Machine Learning's. */
  version?: string
  /** Query parameters besides `api-version`. */
  query?: readonly string[]
  asked?: Schema
  /** By status; null for no body. Any other status is a refusal. */
  told: Readonly<Record<number, Schema | null>>
  refused?: Schema
}

const MAY = 'Microsoft.MachineLearningServices'
const MAY_LOCATIONS = `${MAY}/locations`
const MAY_ENDPOINTS = `${MAY}/workspaces/onlineEndpoints`
const MAY_VERSIONS = `${MAY}/workspaces/environments/versions`
const MAY_AUTOSCALE = 'Microsoft.Insights/autoscaleSettings'
const AUTOSCALE_VERSION = '2022-10-01'
const SETTING = '/Microsoft\\.Insights/autoscaleSettings/(?<setting>[^/]+)'
/* The Resource Manager knows no difference of case. */
const inGroup = (rest: string) =>
  new RegExp(`^/subscriptions/[^/]+/resourceGroups/[^/]+/providers${rest}$`, 'i')
const SERVICE = '/subscriptions/[^/]+/(?:resourceGroups/[^/]+/)?providers/Microsoft\\.MachineLearningServices'
const NAME = '[a-zA-Z0-9][a-zA-Z0-9\\-_]{0,254}'
const at = (rest: string) => new RegExp(`^${SERVICE}${rest}$`)
const workspace = (rest: string) => at(`/workspaces/[^/]+${rest}`)
const ENDPOINT = `/onlineEndpoints/(?<endpoint>${NAME})`
const DEPLOYMENT = `${ENDPOINT}/deployments/(?<deployment>${NAME})`
const VERSIONS = `/environments/(?<environment>${NAME})/versions`
const DELETED = { 200: null, 202: null, 204: null }
const LIST = [
  'name',
  'count',
  'computeType',
  '$skip',
  'tags',
  'properties',
  'orderBy',
  '$top',
  'listViewType',
]

export const OPERATIONS: readonly Operation[] = [
  {
    id: 'token',
    right: null,
    method: 'POST',
    path: /^\/[^/]+\/oauth2\/v2\.0\/token$/,
    asked: tokenAsked,
    told: { 200: tokenTold },
    refused: tokenRefused,
  },
  {
    id: 'retailPrices',
    right: null,
    method: 'GET',
    path: /^\/api\/retail\/prices$/,
    query: ['$filter', '$skip'],
    told: { 200: pricesTold },
  },
  {
    id: 'usagesList',
    right: `${MAY_LOCATIONS}/usages/read`,
    method: 'GET',
    path: at('/locations/[^/]+/usages'),
    told: { 200: usagesTold },
  },
  {
    id: 'virtualMachineSizesList',
    right: `${MAY_LOCATIONS}/vmSizes/read`,
    method: 'GET',
    path: at('/locations/[^/]+/vmSizes'),
    told: { 200: vmSizesTold },
  },
  {
    id: 'operation',
    right: `${MAY_LOCATIONS}/mfeOperationsStatus/read`,
    method: 'GET',
    path: at('/locations/[^/]+/mfeOperationsStatus/(?<operation>[^/]+)'),
    told: { 200: operationStatus },
  },
  {
    id: 'metricsList',
    right: 'Microsoft.Insights/metrics/read',
    version: '2018-01-01',
    method: 'GET',
    path: workspace(
      `${ENDPOINT}(?:/deployments/(?<deployment>${NAME}))?/providers/Microsoft\\.Insights/metrics`,
    ),
    query: ['timespan', 'interval', 'metricnames', 'aggregation', 'top', 'orderby', '$filter'],
    told: { 200: metricsTold },
  },
  {
    id: 'autoscaleSettingsList',
    right: `${MAY_AUTOSCALE}/read`,
    version: AUTOSCALE_VERSION,
    method: 'GET',
    path: inGroup('/Microsoft\\.Insights/autoscaleSettings'),
    told: { 200: autoscalesTold },
  },
  {
    id: 'autoscaleSettingsGet',
    right: `${MAY_AUTOSCALE}/read`,
    version: AUTOSCALE_VERSION,
    method: 'GET',
    path: inGroup(SETTING),
    told: { 200: autoscaleTold },
  },
  {
    id: 'autoscaleSettingsCreateOrUpdate',
    right: `${MAY_AUTOSCALE}/write`,
    version: AUTOSCALE_VERSION,
    method: 'PUT',
    path: inGroup(SETTING),
    asked: autoscaleAsked,
    told: { 200: autoscaleTold, 201: autoscaleTold },
  },
  {
    id: 'autoscaleSettingsDelete',
    right: `${MAY_AUTOSCALE}/delete`,
    version: AUTOSCALE_VERSION,
    method: 'DELETE',
    path: inGroup(SETTING),
    told: { 200: null, 204: null },
  },
  {
    id: 'permissionsListForResourceGroup',
    right: 'Microsoft.Authorization/permissions/read',
    version: '2022-04-01',
    method: 'GET',
    path: inGroup('/Microsoft\\.Authorization/permissions'),
    told: { 200: permissionsTold },
  },
  {
    id: 'workspacesGet',
    right: `${MAY}/workspaces/read`,
    method: 'GET',
    path: at('/workspaces/(?<workspace>[^/]+)'),
    told: { 200: workspaceTold },
  },
  {
    id: 'permissionsListForResource',
    right: 'Microsoft.Authorization/permissions/read',
    version: '2022-04-01',
    method: 'GET',
    path: at('/workspaces/[^/]+/providers/Microsoft\\.Authorization/permissions'),
    told: { 200: permissionsTold },
  },
  {
    id: 'onlineEndpointsList',
    right: `${MAY_ENDPOINTS}/read`,
    method: 'GET',
    path: workspace('/onlineEndpoints'),
    query: LIST,
    told: { 200: online.endpointsTold },
  },
  {
    id: 'onlineEndpointsGet',
    right: `${MAY_ENDPOINTS}/read`,
    method: 'GET',
    path: workspace(ENDPOINT),
    told: { 200: online.endpointTold },
  },
  {
    id: 'onlineEndpointsCreateOrUpdate',
    right: `${MAY_ENDPOINTS}/write`,
    method: 'PUT',
    path: workspace(ENDPOINT),
    asked: online.endpointAsked,
    told: { 200: online.endpointTold, 201: online.endpointTold },
  },
  {
    id: 'onlineEndpointsUpdate',
    right: `${MAY_ENDPOINTS}/write`,
    method: 'PATCH',
    path: workspace(ENDPOINT),
    asked: online.endpointChanged,
    told: { 200: online.endpointTold, 202: null },
  },
  {
    id: 'onlineEndpointsDelete',
    right: `${MAY_ENDPOINTS}/delete`,
    method: 'DELETE',
    path: workspace(ENDPOINT),
    told: DELETED,
  },
  {
    id: 'onlineEndpointsListKeys',
    right: `${MAY_ENDPOINTS}/listKeys/action`,
    method: 'POST',
    path: workspace(`${ENDPOINT}/listKeys`),
    told: { 200: online.keysTold },
  },
  {
    id: 'onlineDeploymentsList',
    right: `${MAY_ENDPOINTS}/deployments/read`,
    method: 'GET',
    path: workspace(`${ENDPOINT}/deployments`),
    query: LIST,
    told: { 200: online.deploymentsTold },
  },
  {
    id: 'onlineDeploymentsCreateOrUpdate',
    right: `${MAY_ENDPOINTS}/deployments/write`,
    method: 'PUT',
    path: workspace(DEPLOYMENT),
    asked: online.deploymentAsked,
    told: { 200: online.deploymentTold, 201: online.deploymentTold },
  },
  {
    id: 'onlineDeploymentsUpdate',
    right: `${MAY_ENDPOINTS}/deployments/write`,
    method: 'PATCH',
    path: workspace(DEPLOYMENT),
    asked: online.deploymentChanged,
    told: { 200: online.deploymentTold, 202: null },
  },
  {
    id: 'onlineDeploymentsDelete',
    right: `${MAY_ENDPOINTS}/deployments/delete`,
    method: 'DELETE',
    path: workspace(DEPLOYMENT),
    told: DELETED,
  },
  {
    id: 'onlineDeploymentsGetLogs',
    right: `${MAY_ENDPOINTS}/deployments/getLogs/action`,
    method: 'POST',
    path: workspace(`${DEPLOYMENT}/getLogs`),
    asked: online.logsAsked,
    told: { 200: online.logsTold },
  },
  {
    id: 'environmentVersionsList',
    right: `${MAY_VERSIONS}/read`,
    method: 'GET',
    path: workspace(VERSIONS),
    query: LIST,
    told: { 200: online.environmentsTold },
  },
  {
    id: 'environmentVersionsGet',
    right: `${MAY_VERSIONS}/read`,
    method: 'GET',
    path: workspace(`${VERSIONS}/(?<version>[^/]+)`),
    told: { 200: online.environmentTold },
  },
  {
    id: 'environmentVersionsCreateOrUpdate',
    right: `${MAY_VERSIONS}/write`,
    method: 'PUT',
    path: workspace(`${VERSIONS}/(?<version>[^/]+)`),
    asked: online.environmentAsked,
    told: { 200: online.environmentTold, 201: online.environmentTold },
  },
  {
    id: 'environmentVersionsDelete',
    right: `${MAY_VERSIONS}/delete`,
    method: 'DELETE',
    path: workspace(`${VERSIONS}/(?<version>[^/]+)`),
    told: { 200: null, 204: null },
  },
]
