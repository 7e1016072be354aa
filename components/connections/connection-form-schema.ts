import { z } from 'zod'
import { connectionSettings, SECRETS } from '@/lib/domain/connections/connection'
import { createConnectionInput } from '@/lib/domain/connections/inputs'

const [settingsShape] = connectionSettings.options
/** Empty, or what the schema takes. */
export const optionalOf = (schema: z.ZodType<unknown, string | null>) =>
  z.string().refine(text => text === '' || schema.safeParse(text).success, {
    error: issue => schema.safeParse(issue.input).error?.issues[0]?.message ?? 'Not usable.',
  })
const base = {
  name: createConnectionInput.shape.name,
  namespace: settingsShape.shape.namespace,
  baseUrl: optionalOf(settingsShape.shape.baseUrl),
}
export const newConnectionSchema = z.object({ ...base, token: SECRETS.huggingface.shape.token })
/** An empty token keeps the one that is stored. */
export const changedConnectionSchema = z.object({
  ...base,
  token: optionalOf(SECRETS.huggingface.shape.token),
})
export type ConnectionFormValues = z.infer<typeof changedConnectionSchema>
