export const PROVIDER_KINDS = [
  'local',
  'docker',
  'kubernetes',
  'huggingface',
  'sagemaker',
  'azure-ml',
] as const
export type ProviderKind = (typeof PROVIDER_KINDS)[number]

export const PROVIDER_LABELS: Record<ProviderKind, string> = {
  local: 'This machine',
  docker: 'Docker',
  kubernetes: 'Kubernetes',
  huggingface: 'Hugging Face',
  sagemaker: 'Amazon SageMaker',
  'azure-ml': 'Azure Machine Learning',
}
