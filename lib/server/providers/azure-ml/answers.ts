import { z } from 'zod'
import { KEPT } from './kept'

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
  identity: z.object({ type: z.string() }).nullish(),
  properties: z.object({
    provisioningState: z.string().nullish(),
    authMode: z.string().nullish(),
    scoringUri: z.string().nullish(),
    publicNetworkAccess: z.enum(['Enabled', 'Disabled']).catch('Enabled'),
    /** Percent by deployment. */
    traffic: z
      .record(z.string(), z.number())
      .nullish()
      .transform(found => found ?? {}),
    mirrorTraffic: z.record(z.string(), z.number()).nullish(),
  }),
})
export type AzureEndpoint = z.infer<typeof azureEndpoint>
export const azureEndpoints = page(azureEndpoint)

export const azureDeployment = z.object({
  name: z.string(),
  tags,
  sku: z.object({ capacity: z.number().int().nullish() }).nullish(),
  properties: z.object({
    provisioningState: z.string().nullish(),
    endpointComputeType: z.string().nullish(),
    instanceType: z.string().nullish(),
    model: z.string().nullish(),
    environmentId: z.string().nullish(),
    environmentVariables: tags,
    codeConfiguration: z.object({}).nullish(),
    dataCollector: z.object({}).nullish(),
    egressPublicNetworkAccess: z.string().nullish(),
    ...KEPT,
  }),
  systemData: z.object({ createdAt: z.string().nullish() }).nullish(),
})
export type AzureDeployment = z.infer<typeof azureDeployment>
export const azureDeployments = page(azureDeployment)

const route = z.object({ path: z.string(), port: z.number().int() }).nullish()
export const azureEnvironment = z.object({
  name: z.string(),
  properties: z.object({
    tags,
    image: z.string().nullish(),
    build: z.object({}).nullish(),
    condaFile: z.string().nullish(),
    inferenceConfig: z.object({ livenessRoute: route, readinessRoute: route, scoringRoute: route }).nullish(),
  }),
})
export type AzureEnvironment = z.infer<typeof azureEnvironment>
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

export const autoscaleSetting = z.object({
  name: z.string(),
  tags,
  properties: z.object({
    enabled: z.boolean().nullish(),
    targetResourceUri: z.string().nullish(),
    profiles: z.array(
      z.object({
        capacity: z.object({ minimum: z.string(), maximum: z.string() }),
        rules: z.array(z.object({ metricTrigger: z.object({ threshold: z.number() }) })),
      }),
    ),
  }),
})
export type AutoscaleSetting = z.infer<typeof autoscaleSetting>
export const autoscaleSettings = page(autoscaleSetting)

/** One metric of one resource, or of one value of what it was split by. */
export type AzureSeries = {
  metric: string
  split: string | null
  points: { atMs: number; value: number | null }[]
}

const timeseries = z.object({
  metadatavalues: z
    .array(z.object({ value: z.string() }))
    .nullish()
    .transform(found => found ?? []),
  data: z
    .array(z.object({ timeStamp: z.iso.datetime({ offset: true }), average: z.number().nullish() }))
    .nullish()
    .transform(found => found ?? []),
})
export const azureMetrics = z
  .object({
    value: z.array(z.object({ name: z.object({ value: z.string() }), timeseries: z.array(timeseries) })),
  })
  .transform(({ value }): AzureSeries[] =>
    value.flatMap(({ name, timeseries: found }) =>
      found.map(({ metadatavalues, data }) => ({
        metric: name.value,
        split: metadatavalues[0]?.value ?? null,
        points: data.map(({ timeStamp, average }) => ({
          atMs: Date.parse(timeStamp),
          value: average ?? null,
        })),
      })),
    ),
  )
