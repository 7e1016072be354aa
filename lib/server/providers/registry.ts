import { type ConnectionSecrets, type ConnectionSettings, SECRETS } from '@/lib/domain/connections/connection'
import type { ProviderKind } from '@/lib/domain/hardware/provider'
import { azureAccount } from './azure-ml/account'
import { createAzureProvider } from './azure-ml/provider'
import type { CallLine } from './call-line'
import { type HfSurroundings, hfAccount } from './huggingface/account'
import { createHuggingfaceProvider } from './huggingface/provider'
import { createLocalProvider } from './local/provider'
import type { Provider } from './port'
import { awsAccount } from './sagemaker/account'
import { createSagemakerProvider } from './sagemaker/provider'

/** Those that need no account. */
const factories: Partial<Record<ProviderKind, () => Provider>> = {
  local: createLocalProvider,
}

const instances = new Map<ProviderKind, Provider>()

/** The provider of a kind that needs no connection, made once per process; undefined for any other. */
export function providerOf(kind: ProviderKind): Provider | undefined {
  const factory = factories[kind]
  if (!factory) return undefined
  const instance = instances.get(kind) ?? factory()
  instances.set(kind, instance)
  return instance
}

export const availableProviders = (): Provider[] =>
  (Object.keys(factories) as ProviderKind[]).flatMap(kind => providerOf(kind) ?? [])

type Surroundings = HfSurroundings & { log: (line: CallLine) => void }

/** The provider of one account. @throws ZodError where the secrets are of another kind. */
export function connectedProvider(
  settings: ConnectionSettings,
  secrets: ConnectionSecrets,
  around: Surroundings,
): Provider {
  switch (settings.kind) {
    case 'huggingface':
      return createHuggingfaceProvider(hfAccount(settings, SECRETS.huggingface.parse(secrets), around), {
        log: around.log,
      })
    case 'sagemaker':
      return createSagemakerProvider(awsAccount(settings, SECRETS.sagemaker.parse(secrets), around), {
        log: around.log,
      })
    case 'azure-ml':
      return createAzureProvider(azureAccount(settings, SECRETS['azure-ml'].parse(secrets), around), {
        log: around.log,
      })
  }
}
