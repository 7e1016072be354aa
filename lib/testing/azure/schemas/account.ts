// A stand-in's schemas, written by hand for the tests from Microsoft's published specification: Azure/azure-rest-api-specs,
// specification/machinelearningservices/resource-manager/Microsoft.MachineLearningServices/stable/2024-10-01/
// machineLearningServices.json (ListUsagesResult, VirtualMachineSizeListResult, Workspace); specification/authorization/
// resource-manager/Microsoft.Authorization/stable/2022-04-01/authorization-RoleDefinitionsCalls.json
// (PermissionGetResult); and, where there is no file, from what
// Microsoft documents of the token route of Entra (OAuth 2.0 client credentials) and of the Retail Prices API.
import { integer, object, oneOf, paged, type Schema, text, trackedTold } from './arm'

const number: Schema = { type: 'number' }
const names: Schema = { type: 'array', items: text }

export const usagesTold = paged(
  object({
    id: text,
    amlWorkspaceLocation: text,
    type: text,
    unit: oneOf('Count'),
    currentValue: integer,
    limit: integer,
    name: object({ value: text, localizedValue: text }),
  }),
)

/** The properties of a workspace are many, and none of them is read. */
export const workspaceTold = trackedTold({ type: 'object' })

export const permissionsTold = paged(
  object({ actions: names, notActions: names, dataActions: names, notDataActions: names }),
)

const vmSize = object({
  name: text,
  family: text,
  vCPUs: integer,
  gpus: integer,
  osVhdSizeMB: integer,
  maxResourceVolumeMB: integer,
  memoryGB: number,
  lowPriorityCapable: { type: 'boolean' },
  premiumIO: { type: 'boolean' },
  estimatedVMPrices: { type: 'object' },
  supportedComputeTypes: names,
})
export const vmSizesTold = object({ value: { type: 'array', items: vmSize } })

export const tokenAsked = object(
  { grant_type: oneOf('client_credentials'), client_id: text, client_secret: text, scope: text },
  ['grant_type', 'client_id', 'client_secret', 'scope'],
)
export const tokenTold = object(
  { token_type: oneOf('Bearer'), expires_in: integer, ext_expires_in: integer, access_token: text },
  ['token_type', 'expires_in', 'access_token'],
)
export const tokenRefused = object(
  {
    error: text,
    error_description: text,
    error_codes: { type: 'array', items: integer },
    timestamp: text,
    trace_id: text,
    correlation_id: text,
  },
  ['error', 'error_description'],
)

const price: Schema = {
  type: 'object',
  properties: {
    currencyCode: oneOf('USD'),
    retailPrice: number,
    unitPrice: number,
    armRegionName: text,
    armSkuName: text,
    productName: text,
    skuName: text,
    serviceName: text,
    unitOfMeasure: text,
    type: text,
  },
  required: ['retailPrice', 'armSkuName', 'productName', 'skuName', 'unitOfMeasure', 'type'],
}
export const pricesTold = object(
  {
    BillingCurrency: text,
    CustomerEntityId: text,
    CustomerEntityType: text,
    Items: { type: 'array', items: price },
    NextPageLink: { type: ['string', 'null'] },
    Count: integer,
  },
  ['Items'],
)
