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
const form = z
  .object({
    ...base,
    /** The machine's own identity instead of an app. */
    isAmbient: z.boolean(),
    clientId: optionalOf(clientId),
    clientSecret: optionalOf(clientSecret),
  })
  .refine(({ clientId: app, clientSecret: secret }) => (app === '') === (secret === ''), {
    error: 'An app is an id and a secret of it.',
    path: ['clientSecret'],
  })
export type AzureFormValues = z.infer<typeof form>

export const newAzureSchema = form.refine(values => values.isAmbient || values.clientId !== '', {
  error: 'The application (client) ID, as in 11111111-2222-3333-4444-555555555555.',
  path: ['clientId'],
})
/** Without an app the one that is stored stays. */
export const changedAzureSchema = form
