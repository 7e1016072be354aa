import type { SpecInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { capabilityProblems, type FieldProblems, specProblems } from '@/lib/domain/endpoint/spec-problems'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/catalog'
import { fail, ok, type Result } from '@/lib/domain/result'
import { type Provider, ProviderError } from '@/lib/server/providers/port'
import { providerOf } from '@/lib/server/providers/registry'
import { providerErrorCode } from './provider-error-code'
import { resolveModel } from './resolve-model'

const TIMEOUT_MS = 15_000

/**
 * Everything that could stand in the way, asked before anything is written: our own rules, what the provider can
 * do, the model's commit, and the provider itself. Returns the spec as it will be stored.
 */
export async function checkSpec(
  spec: SpecInput,
  secretNames: readonly string[],
  hubToken: string | null,
): Promise<Result<EndpointSpec>> {
  const { provider: kind } = spec.hardware
  const provider = providerOf(kind)
  const label = PROVIDER_LABELS[kind]
  if (!provider) return invalid({ 'hardware.provider': `This portal has no connection to ${label}.` })
  const problems = {
    ...specProblems(spec, secretNames),
    ...capabilityProblems(spec, label, provider.capabilities),
  }
  if (Object.keys(problems).length > 0) return invalid(problems)

  const model = await resolveModel(spec.model, hubToken)
  if (!model.ok) return model
  const whole: EndpointSpec = { ...spec, model: model.data, secretNames: [...secretNames].sort() }
  const refused = await askProvider(provider, whole)
  return refused ?? ok(whole)
}

const invalid = (fields: FieldProblems): Result<never> =>
  fail('invalid', Object.values(fields)[0] ?? 'This spec is not usable.', { fields })

async function askProvider(provider: Provider, spec: EndpointSpec): Promise<Result<never> | null> {
  try {
    const problems = await provider.check(spec, AbortSignal.timeout(TIMEOUT_MS))
    const [first] = problems
    if (!first) return null
    const fields: FieldProblems = {}
    for (const { field, message } of problems) if (field !== undefined) fields[field] ??= message
    return fail('provider_refused', problems.map(problem => problem.message).join(' '), { fields })
  } catch (error) {
    if (error instanceof ProviderError) return fail(providerErrorCode(error.code), error.message)
    throw error
  }
}
