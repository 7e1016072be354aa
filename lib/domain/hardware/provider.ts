export const PROVIDER_KINDS = [
  'local',
  'docker',
  'kubernetes',
  'huggingface',
  'sagemaker',
  'azure-ml',
] as const
export type ProviderKind = (typeof PROVIDER_KINDS)[number]

const WITH_FRONT_DOOR: readonly ProviderKind[] = ['huggingface', 'sagemaker', 'azure-ml']

/** Requests pass a door of the provider's own behind ours, which it may measure itself. */
export const hasFrontDoor = (kind: ProviderKind): boolean => WITH_FRONT_DOOR.includes(kind)

export const PROVIDER_LABELS: Record<ProviderKind, string> = {
  local: 'This machine',
  docker: 'Docker',
  kubernetes: 'Kubernetes',
  huggingface: 'Hugging Face',
  sagemaker: 'Amazon SageMaker',
  'azure-ml': 'Azure Machine Learning',
}
