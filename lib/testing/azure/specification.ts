// A stand-in's rules: which calls there are, and what is sent and answered in each (see schemas/ for where from).
import { Ajv, type ValidateFunction } from 'ajv'
import { pricesTold, tokenAsked, tokenRefused, tokenTold, usagesTold, vmSizesTold } from './schemas/account'
import { errorResponse, operationStatus, type Schema } from './schemas/arm'
import * as online from './schemas/online'

export type Operation = {
  id: string
  method: string
  path: RegExp
  /** Query parameters besides `api-version`. */
  query?: readonly string[]
  asked?: Schema
  /** By status; null for no body. Any other status is a refusal. */
  told: Readonly<Record<number, Schema | null>>
  refused?: Schema
}

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
    method: 'POST',
    path: /^\/[^/]+\/oauth2\/v2\.0\/token$/,
    asked: tokenAsked,
    told: { 200: tokenTold },
    refused: tokenRefused,
  },
  {
    id: 'retailPrices',
    method: 'GET',
    path: /^\/api\/retail\/prices$/,
    query: ['$filter', '$skip'],
    told: { 200: pricesTold },
  },
  { id: 'usagesList', method: 'GET', path: at('/locations/[^/]+/usages'), told: { 200: usagesTold } },
  {
    id: 'virtualMachineSizesList',
    method: 'GET',
    path: at('/locations/[^/]+/vmSizes'),
    told: { 200: vmSizesTold },
  },
  {
    id: 'operation',
    method: 'GET',
    path: at('/locations/[^/]+/mfeOperationsStatus/(?<operation>[^/]+)'),
    told: { 200: operationStatus },
  },
  {
    id: 'onlineEndpointsList',
    method: 'GET',
    path: workspace('/onlineEndpoints'),
    query: LIST,
    told: { 200: online.endpointsTold },
  },
  { id: 'onlineEndpointsGet', method: 'GET', path: workspace(ENDPOINT), told: { 200: online.endpointTold } },
  {
    id: 'onlineEndpointsCreateOrUpdate',
    method: 'PUT',
    path: workspace(ENDPOINT),
    asked: online.endpointAsked,
    told: { 200: online.endpointTold, 201: online.endpointTold },
  },
  { id: 'onlineEndpointsDelete', method: 'DELETE', path: workspace(ENDPOINT), told: DELETED },
  {
    id: 'onlineEndpointsListKeys',
    method: 'POST',
    path: workspace(`${ENDPOINT}/listKeys`),
    told: { 200: online.keysTold },
  },
  {
    id: 'onlineDeploymentsList',
    method: 'GET',
    path: workspace(`${ENDPOINT}/deployments`),
    query: LIST,
    told: { 200: online.deploymentsTold },
  },
  {
    id: 'onlineDeploymentsCreateOrUpdate',
    method: 'PUT',
    path: workspace(DEPLOYMENT),
    asked: online.deploymentAsked,
    told: { 200: online.deploymentTold, 201: online.deploymentTold },
  },
  { id: 'onlineDeploymentsDelete', method: 'DELETE', path: workspace(DEPLOYMENT), told: DELETED },
  {
    id: 'onlineDeploymentsGetLogs',
    method: 'POST',
    path: workspace(`${DEPLOYMENT}/getLogs`),
    asked: online.logsAsked,
    told: { 200: online.logsTold },
  },
  {
    id: 'environmentVersionsList',
    method: 'GET',
    path: workspace(VERSIONS),
    query: LIST,
    told: { 200: online.environmentsTold },
  },
  {
    id: 'environmentVersionsCreateOrUpdate',
    method: 'PUT',
    path: workspace(`${VERSIONS}/(?<version>[^/]+)`),
    asked: online.environmentAsked,
    told: { 200: online.environmentTold, 201: online.environmentTold },
  },
  {
    id: 'environmentVersionsDelete',
    method: 'DELETE',
    path: workspace(`${VERSIONS}/(?<version>[^/]+)`),
    told: { 200: null, 204: null },
  },
]

const API_VERSION = '2024-10-01'
/** What Microsoft serves from elsewhere has no `api-version`. */
const ELSEWHERE = ['token', 'retailPrices']

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true })
const compiled = new Map<Schema, ValidateFunction>()

function problemsOf(schema: Schema, value: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath || '/'} ${message} ${JSON.stringify(params)}`.trim(),
  )
}

export function operationOf(
  method: string,
  path: string,
): { operation: Operation; names: Record<string, string> } | null {
  for (const operation of OPERATIONS) {
    const match = operation.method === method ? operation.path.exec(path) : null
    if (match) return { operation, names: { ...match.groups } }
  }
  return null
}

/** What of a request is not as specified. */
export function requestProblems(
  { id, query = [], asked }: Operation,
  search: URLSearchParams,
  body: unknown,
): string[] {
  const known = ELSEWHERE.includes(id) ? query : [...query, 'api-version']
  const strange = [...search.keys()]
    .filter(name => !known.includes(name))
    .map(name => `unknown query ${name}`)
  const version =
    ELSEWHERE.includes(id) || search.get('api-version') === API_VERSION ? [] : ['wrong api-version']
  const form = asked ? problemsOf(asked, body) : body === null ? [] : ['a body where there is none']
  return [...strange, ...version, ...form]
}

/** What of an answer is not as specified: a fault of the stand-in itself. */
export function answerProblems(
  { told, refused = errorResponse }: Operation,
  status: number,
  body: unknown,
): string[] {
  if (status >= 400) return problemsOf(refused, body)
  const schema = told[status]
  if (schema === undefined) return [`no answer ${status}`]
  return schema === null ? (body === null ? [] : ['a body where there is none']) : problemsOf(schema, body)
}
