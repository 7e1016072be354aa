import type { Capabilities } from '@/lib/domain/hardware/capabilities'
import { networkProblems } from '@/lib/domain/network/network-problems'
import type { SpecInput } from './inputs'

/** Dotted field path to sentence; empty when nothing is wrong. */
export type FieldProblems = Record<string, string>

/** What no provider could make sense of, whatever it can do. */
export function specProblems(spec: SpecInput, secretNames: readonly string[]): FieldProblems {
  const problems: FieldProblems = {}
  const { source } = spec.model
  const { engine, env } = spec.advanced
  if (source.kind === 'image' && engine.kind !== 'container')
    problems['advanced.engine'] = 'A model inside an image needs the container engine: give the image.'
  for (const name of Object.keys(env))
    if (secretNames.includes(name))
      problems[`advanced.env.${name}`] = `${name} is a secret already; keep one of both.`
  return problems
}

/** What the chosen provider has not. The wizard offers a field only where this stays empty. */
export function capabilityProblems(spec: SpecInput, provider: string, can: Capabilities): FieldProblems {
  const problems: FieldProblems = networkProblems(spec, provider, can)
  const { minReplicas, maxReplicas, scaleToZeroTimeoutMinutes, requestsPerMinute, measure } =
    spec.hardware.scaling
  const { source } = spec.model
  if (!can.scaleToZero && (minReplicas === 0 || scaleToZeroTimeoutMinutes !== null))
    problems['hardware.scaling.minReplicas'] = `${provider} cannot scale to zero: keep at least one replica.`
  if (!can.replicas && maxReplicas > 1)
    problems['hardware.scaling.maxReplicas'] = `${provider} runs one replica of an endpoint.`
  else if (!can.autoscaling && minReplicas !== maxReplicas && minReplicas > 0)
    problems['hardware.scaling.maxReplicas'] =
      `${provider} runs a fixed number of replicas: set minimum and maximum to the same.`
  if (requestsPerMinute !== undefined && !can.requestTarget)
    problems['hardware.scaling.requestsPerMinute'] =
      `${provider} does not scale by requests per replica: leave it out.`
  else if (can.requestTarget && minReplicas < maxReplicas && requestsPerMinute === undefined)
    problems['hardware.scaling.requestsPerMinute'] =
      'Say how many requests a minute one replica shall have: autoscaling aims at it.'
  if (measure && !can.measures)
    problems['hardware.scaling.measure'] =
      `${provider} does not let you choose what it scales by: leave it out.`
  if (!can.containers && spec.advanced.engine.kind === 'container')
    problems['advanced.engine'] = `${provider} does not run containers: choose the model server.`
  const { engine } = spec.advanced
  if (!can.modelServers && engine.kind === 'model-server' && engine.server !== undefined)
    problems['advanced.engine'] = `${provider} chooses the model’s server itself: leave it out.`
  if (!can.localModels && (source.kind === 'sample' || source.kind === 'folder'))
    problems['model.source'] = `${provider} cannot read models from this machine: choose one from the Hub.`
  return problems
}
