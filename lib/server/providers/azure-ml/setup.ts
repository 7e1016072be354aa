import type { SeenSetup } from '@/lib/domain/endpoint/drift'
import { containerIn } from './account-endpoint'
import type { AzureDeployment, AzureEnvironment } from './answers'

/** Azure adds variables of its own to those it was given. */
const OWN_ENV = ['AZUREML_', 'AML_']
const isOwn = (name: string): boolean => OWN_ENV.some(start => name.startsWith(start))

/** What a deployment runs. `version` only where it runs in something that our spec has no words for. */
export type Running = { setup: SeenSetup; version?: string }

/** Secrets are among its variables: Azure has no other place for them. */
export function runningOf({ properties }: AzureDeployment, environment: AzureEnvironment | null): Running {
  const { environmentId, environmentVariables, model } = properties
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(environmentVariables))
    if (value !== null && !isOwn(name)) env[name] = value
  const setup = { env, ownEnv: OWN_ENV }
  // A model of the registry brings an environment, which nobody here asked for.
  if (model || !environmentId) return { setup }
  const container = containerIn(environment)
  if (container) {
    const { image, port, healthRoute } = container
    return { setup: { ...setup, image, container: { port, healthRoute: healthRoute ?? '/' } } }
  }
  // One of the workspace that is not there any more says nothing of what runs.
  const isElsewhere = /\/registries\//i.test(environmentId)
  return environment || isElsewhere ? { setup, version: `environment ${shortId(environmentId)}` } : { setup }
}

/** `name:version`. */
const shortId = (id: string): string =>
  /\/environments\/([^/]+)\/(?:versions|labels)\/([^/]+)$/.exec(id)?.slice(1).join(':') ?? id
