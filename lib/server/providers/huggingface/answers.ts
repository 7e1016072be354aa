import { z } from 'zod'
import { ENDPOINT_STATES } from '@/lib/domain/endpoint/state'

/* What we read of the API's answers, and no more: fields may be added there without breaking us. */

/** Settings as they say them back. What has another form than known is not compared. */
const hfSettings = z.object({
  type: z.string().nullish().catch(null),
  provider: z.object({ vendor: z.string(), region: z.string() }).nullish().catch(null),
  compute: z
    .object({
      id: z.string().nullish(),
      instanceType: z.string().nullish(),
      instanceSize: z.string().nullish(),
      scaling: z.object({
        minReplica: z.number().int(),
        maxReplica: z.number().int(),
        scaleToZeroTimeout: z.number().int().nullish(),
        measure: z
          .object({ hardwareUsage: z.number().nullish(), pendingRequests: z.number().nullish() })
          .nullish()
          .catch(null),
      }),
    })
    .nullish()
    .catch(null),
  model: z
    .object({
      repository: z.string().nullish(),
      revision: z.string().nullish(),
      task: z.string().nullish(),
      image: z.record(z.string(), z.unknown()).nullish(),
      command: z.array(z.string()).nullish(),
      args: z.array(z.string()).nullish(),
      env: z.record(z.string(), z.string()).nullish(),
    })
    .nullish()
    .catch(null),
})

/** A container of the user's own. */
export const hfCustomImage = z.object({
  url: z.string(),
  port: z.number().int().nullish(),
  healthRoute: z.string().nullish(),
})

export const hfEndpoint = hfSettings.extend({
  name: z.string(),
  tags: z.array(z.string()).default([]),
  status: z.object({
    /** A state they add one day is shown as on its way. */
    state: z.enum(ENDPOINT_STATES).catch('initializing'),
    message: z.string().nullish(),
    errorMessage: z.string().nullish(),
    url: z.string().nullish(),
    readyReplica: z.number().int().nonnegative().default(0),
    targetReplica: z.number().int().nonnegative().default(0),
    /** Of an endpoint behind PrivateLink, once their service is made. */
    private: z.object({ serviceName: z.string().nullish() }).nullish(),
  }),
})
export type HfEndpoint = z.infer<typeof hfEndpoint>

export const hfEndpoints = z.object({ items: z.array(hfEndpoint), nextCursor: z.string().nullish() })

export const hfReplicas = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      status: z.object({ stage: z.string().nullish(), live: z.boolean().nullish() }).nullish(),
    }),
  ),
})

export const hfLogs = z.array(
  z.object({
    timestamp: z.iso.datetime({ offset: true }),
    line: z.string(),
    stream: z.enum(['stdout', 'stderr']).catch('stdout'),
  }),
)
export type HfLogEntry = z.infer<typeof hfLogs>[number]

export const hfVendors = z.object({
  vendors: z.array(
    z.object({
      name: z.string(),
      status: z.string().nullish(),
      regions: z.array(
        z.object({
          name: z.string(),
          label: z.string().nullish(),
          status: z.string().nullish(),
          computes: z.array(
            z.object({
              id: z.string(),
              accelerator: z.string(),
              numAccelerators: z.number().nullish(),
              numCpus: z.number().nullish(),
              memoryGb: z.number().nullish(),
              gpuMemoryGb: z.number().nullish(),
              instanceType: z.string(),
              instanceSize: z.string(),
              architecture: z.string().nullish(),
              status: z.string().nullish(),
              pricePerHour: z.number().nullish(),
              quota: z.object({ maxAccelerators: z.number(), usedAccelerators: z.number() }).nullish(),
            }),
          ),
        }),
      ),
    }),
  ),
})
export type HfVendors = z.infer<typeof hfVendors>
export type HfCompute = HfVendors['vendors'][number]['regions'][number]['computes'][number]

const hfPoints = z.array(z.object({ x: z.iso.datetime({ offset: true }), y: z.number().nullable() }))
const hfGraph = z.object({ data: hfPoints })
const replicaGraphs = z.array(hfGraph.extend({ replicaId: z.string() })).default([])

/** Those of `AllGraphs` that are drawn; one that is missing has no chart. */
export const hfGraphs = z.object({
  responseStatusCode: z.array(hfGraph.extend({ statusCode: z.union([z.string(), z.number()]) })).default([]),
  responseElapsed: z.array(hfGraph.extend({ percentile: z.union([z.string(), z.number()]) })).default([]),
  pendingRequest: z.array(hfGraph).default([]),
  replicasRunning: z.array(hfGraph).default([]),
  hardwareCpu: replicaGraphs,
  hardwareMem: replicaGraphs,
  hardwareGpu: replicaGraphs,
  hardwareGpuMem: replicaGraphs,
})
export type HfGraphs = z.infer<typeof hfGraphs>
