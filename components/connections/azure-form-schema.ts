import { z } from 'zod'
import { appSecrets, connectionSettings } from '@/lib/domain/connections/connection'
import { createConnectionInput } from '@/lib/domain/connections/inputs'
import { optionalOf } from './connection-form-schema'

const { tenantId, subscriptionId, resourceGroup, workspace, region, baseUrl } =
  connectionSettings.options[2].shape
const { clientId, clientSecret } = appSecrets.shape

const base = {
  name: createConnectionInput.shape.name,
  tenantId,
  subscriptionId,
  resourceGroup,
  workspace,
  region,
  baseUrl: optionalOf(baseUrl),
}
export const newAzureSchema = z.object({ ...base, clientId, clientSecret })
/** Without an app the one that is stored stays. */
export const changedAzureSchema = z
  .object({ ...base, clientId: optionalOf(clientId), clientSecret: optionalOf(clientSecret) })
  .refine(({ clientId: app, clientSecret: secret }) => (app === '') === (secret === ''), {
    error: 'An app is an id and a secret of it.',
    path: ['clientSecret'],
  })
export type AzureFormValues = z.infer<typeof changedAzureSchema>
