import { z } from 'zod'

/* What we read of Azure's answers, and no more: fields may be added there without breaking us. */

const tags = z
  .record(z.string(), z.string().nullable())
  .nullish()
  .transform(found => found ?? {})
const page = <T extends z.ZodType>(item: T) =>
  z.object({ value: z.array(item), nextLink: z.string().nullish() })

export const azureEndpoint = z.object({
  name: z.string(),
  tags,
  properties: z.object({
    provisioningState: z.string().nullish(),
    scoringUri: z.string().nullish(),
    publicNetworkAccess: z.enum(['Enabled', 'Disabled']).catch('Enabled'),
    /** Percent by deployment. */
    traffic: z
      .record(z.string(), z.number())
      .nullish()
      .transform(found => found ?? {}),
  }),
})
export type AzureEndpoint = z.infer<typeof azureEndpoint>
export const azureEndpoints = page(azureEndpoint)

export const azureDeployment = z.object({
  name: z.string(),
  tags,
  sku: z.object({ capacity: z.number().int().nullish() }).nullish(),
  properties: z.object({ provisioningState: z.string().nullish() }),
  systemData: z.object({ createdAt: z.string().nullish() }).nullish(),
})
export type AzureDeployment = z.infer<typeof azureDeployment>
export const azureDeployments = page(azureDeployment)

export const azureEnvironment = z.object({ name: z.string(), properties: z.object({ tags }) })
export const azureEnvironments = page(azureEnvironment)

export const azureWorkspace = z.object({ location: z.string() })

const names = z
  .array(z.string())
  .nullish()
  .transform(found => found ?? [])
/** What somebody may do somewhere: one entry per role. */
export const azurePermissions = page(z.object({ actions: names, notActions: names }))

export const azureLogs = z.object({ content: z.string().nullish() })

export const azureOperation = z.object({
  error: z.object({ message: z.string().nullish() }).nullish(),
})

export const azureVmSizes = z.object({ value: z.array(z.object({ name: z.string() })) })

export const azureUsages = page(
  z.object({ id: z.string(), type: z.string(), limit: z.number(), currentValue: z.number() }),
)

export const azurePrices = z.object({
  Items: z.array(
    z.object({
      armSkuName: z.string(),
      retailPrice: z.number().nonnegative(),
      unitOfMeasure: z.string(),
      productName: z.string(),
      skuName: z.string(),
    }),
  ),
})
export type AzurePrice = z.infer<typeof azurePrices>['Items'][number]
