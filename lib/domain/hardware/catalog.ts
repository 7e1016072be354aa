import { z } from 'zod'
import { PROVIDER_KINDS } from '@/lib/domain/endpoint/spec'
import { instanceType } from './instance-type'

/** The part of a provider's capabilities that decides what a form offers and the server accepts. */
export const capabilities = z.object({
  replicas: z.boolean(),
  autoscaling: z.boolean(),
  scaleToZero: z.boolean(),
  containers: z.boolean(),
  localModels: z.boolean(),
  nativeMetrics: z.boolean(),
  rollout: z.enum(['slipway', 'provider']),
})
export type ProviderCapabilities = z.infer<typeof capabilities>

export const PROVIDER_LABELS: Record<(typeof PROVIDER_KINDS)[number], string> = {
  local: 'This machine',
  docker: 'Docker',
  kubernetes: 'Kubernetes',
  huggingface: 'Hugging Face',
  sagemaker: 'Amazon SageMaker',
  'azure-ml': 'Azure Machine Learning',
}

export const catalogView = z.object({
  providers: z.array(
    z.object({
      kind: z.enum(PROVIDER_KINDS),
      label: z.string(),
      capabilities,
      regions: z.array(z.object({ id: z.string(), label: z.string(), provider: z.enum(PROVIDER_KINDS) })),
      instanceTypes: z.array(instanceType),
      /** Why nothing of it can be offered just now. */
      problem: z.string().nullable(),
    }),
  ),
})
export type CatalogView = z.infer<typeof catalogView>
