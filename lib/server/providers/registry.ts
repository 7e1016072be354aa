import type { ProviderKind } from '@/lib/domain/endpoint/spec'
import { createLocalProvider } from './local/provider'
import type { Provider } from './port'

const factories: Partial<Record<ProviderKind, () => Provider>> = {
  local: createLocalProvider,
}

const instances = new Map<ProviderKind, Provider>()

/** The provider of a kind, made once per process; undefined where Slipway has none yet. */
export function providerOf(kind: ProviderKind): Provider | undefined {
  const factory = factories[kind]
  if (!factory) return undefined
  const instance = instances.get(kind) ?? factory()
  instances.set(kind, instance)
  return instance
}

export const availableProviders = (): Provider[] =>
  (Object.keys(factories) as ProviderKind[]).flatMap(kind => providerOf(kind) ?? [])
