import { z } from 'zod'
import { connectionSettings, SECRETS } from '@/lib/domain/connections/connection'
import { createConnectionInput } from '@/lib/domain/connections/inputs'
import { optionalOf } from './connection-form-schema'

const { region, roleArn, baseUrl } = connectionSettings.options[1].shape
const { accessKeyId, secretAccessKey, sessionToken } = SECRETS.sagemaker.shape

const base = {
  name: createConnectionInput.shape.name,
  region,
  roleArn,
  baseUrl: optionalOf(baseUrl),
  sessionToken: optionalOf(sessionToken),
}
export const newAwsSchema = z.object({ ...base, accessKeyId, secretAccessKey })
export type AwsFormValues = z.infer<typeof newAwsSchema>

/** Without keys those that are stored stay; with one of them the other is needed. */
export const changedAwsSchema = z
  .object({ ...base, accessKeyId: optionalOf(accessKeyId), secretAccessKey: optionalOf(secretAccessKey) })
  .refine(({ accessKeyId: id, secretAccessKey: secret }) => (id === '') === (secret === ''), {
    error: 'A new key comes with its id and its secret.',
    path: ['secretAccessKey'],
  })
