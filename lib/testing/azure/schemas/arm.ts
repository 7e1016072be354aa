// A stand-in's schemas, written by hand for the tests from Microsoft's published specification: Azure/azure-rest-api-specs,
// specification/common-types/resource-management/v3/types.json and managedidentity.json, as mfe.json 2024-10-01 uses them.
// `allOf` is written out, so that what the specification does not name is refused.

export type Schema = Readonly<Record<string, unknown>>

export const text = { type: 'string' } as const
export const nullableText = { type: ['string', 'null'] } as const
export const integer = { type: 'integer' } as const
export const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values })
export const texts: Schema = { type: 'object', additionalProperties: text }
/** A dictionary whose values are `x-nullable`. */
export const nullableTexts: Schema = { type: ['object', 'null'], additionalProperties: nullableText }

/** An object of these and no others. */
export const object = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

export const paged = (item: Schema): Schema =>
  object({ value: { type: 'array', items: item }, nextLink: nullableText }, ['value'])

const identityType = oneOf('None', 'SystemAssigned', 'UserAssigned', 'SystemAssigned,UserAssigned')

/** `principalId` and `tenantId` are read only. */
const identityAsked = object({ type: identityType, userAssignedIdentities: { type: 'object' } }, ['type'])
const identityTold = object(
  { type: identityType, principalId: text, tenantId: text, userAssignedIdentities: { type: 'object' } },
  ['type'],
)

const systemData = object({
  createdAt: text,
  createdBy: text,
  createdByType: oneOf('User', 'Application', 'ManagedIdentity', 'Key'),
  lastModifiedAt: text,
  lastModifiedBy: text,
  lastModifiedByType: oneOf('User', 'Application', 'ManagedIdentity', 'Key'),
})

const sku = object(
  {
    name: text,
    tier: oneOf('Free', 'Basic', 'Standard', 'Premium'),
    size: text,
    family: text,
    capacity: integer,
  },
  ['name'],
)

const asked = { location: text, tags: texts, kind: text, sku }
const told = { id: text, name: text, type: text, systemData }

/** `TrackedResource` as it may be sent: `id`, `name`, `type` and `systemData` are read only. */
export const trackedAsked = (properties: Schema): Schema =>
  object({ ...asked, identity: identityAsked, properties }, ['location', 'properties'])

export const trackedTold = (properties: Schema): Schema =>
  object({ ...told, ...asked, identity: identityTold, properties }, [
    'id',
    'name',
    'type',
    'location',
    'properties',
  ])

export const proxyAsked = (properties: Schema): Schema => object({ properties }, ['properties'])
export const proxyTold = (properties: Schema): Schema =>
  object({ ...told, properties }, ['id', 'name', 'type', 'properties'])

/** `ErrorResponse` */
export const errorResponse = object({
  error: object({
    code: text,
    message: text,
    target: text,
    details: { type: 'array' },
    additionalInfo: { type: 'array' },
  }),
})

/** `OperationStatusResult`, what `Azure-AsyncOperation` leads to. */
export const operationStatus = object(
  {
    id: text,
    name: text,
    status: text,
    percentComplete: { type: 'number' },
    startTime: text,
    endTime: text,
    error: object({ code: text, message: text }),
  },
  ['status'],
)
