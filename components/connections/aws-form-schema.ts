import { z } from 'zod'
import { connectionSettings, keySecrets } from '@/lib/domain/connections/connection'
import { createConnectionInput } from '@/lib/domain/connections/inputs'
import { optionalOf } from './connection-form-schema'

const { region, roleArn, baseUrl } = connectionSettings.options[1].shape
const { accessKeyId, secretAccessKey } = keySecrets.shape

const form = z
  .object({
    name: createConnectionInput.shape.name,
    region,
    roleArn,
    baseUrl: optionalOf(baseUrl),
    /** The machine's own credentials instead of keys. */
    isAmbient: z.boolean(),
    accessKeyId: optionalOf(accessKeyId),
    secretAccessKey: optionalOf(secretAccessKey),
  })
  .refine(({ accessKeyId: id, secretAccessKey: secret }) => (id === '') === (secret === ''), {
    error: 'A key is an id and its secret.',
    path: ['secretAccessKey'],
  })
export type AwsFormValues = z.infer<typeof form>

export const newAwsSchema = form.refine(values => values.isAmbient || values.accessKeyId !== '', {
  error: 'AKIA…',
  path: ['accessKeyId'],
})
/** Without keys those that are stored stay. */
export const changedAwsSchema = form
