import { PROVIDER_LABELS, type ProviderKind } from './provider'

/** `This machine, 2 CPUs` → `2 CPUs`: for places that name the provider beside it. */
export function shortInstanceLabel(at: { provider: ProviderKind; instanceLabel: string }): string {
  const prefix = `${PROVIDER_LABELS[at.provider]}, `
  return at.instanceLabel.startsWith(prefix) ? at.instanceLabel.slice(prefix.length) : at.instanceLabel
}
