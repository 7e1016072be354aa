import type { SpecInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { capabilityProblems, type FieldProblems, specProblems } from '@/lib/domain/endpoint/spec-problems'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { reachMessage } from '@/lib/domain/network/reach-message'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { type Provider, ProviderError } from '@/lib/server/providers/port'
import { providerOf } from '@/lib/server/providers/registry'
import { findConnection } from '../connections/connection-row'
import { providerOfConnection } from '../connections/provider-source'
import { askGateways } from '../network/ask-gateways'
import { providerErrorCode } from './provider-error-code'
import { resolveModel } from './resolve-model'

const TIMEOUT_MS = 15_000

/**
 * Everything that could stand in the way, asked before anything is written: our own rules, what the provider can
 * do, the model's commit, and the provider itself. Returns the spec as it will be stored.
 */
export async function checkSpec(
  { db, teamId }: { db: Pick<Queryable, 'select'>; teamId: string },
  spec: SpecInput,
  secretNames: readonly string[],
  hubToken: string | null,
  /** Of the revision before, whose private address was checked then. */
  known?: EndpointSpec['network'],
): Promise<Result<EndpointSpec>> {
  const found = await findProvider(db, teamId, spec.hardware)
  if (!found.ok) return found
  const provider = found.data
  const label = PROVIDER_LABELS[provider.kind]
  const problems = {
    ...specProblems(spec, secretNames),
    ...capabilityProblems(spec, label, provider.capabilities),
  }
  if (Object.keys(problems).length > 0) return invalid(problems)

  const unreached = await unreachedProblem(db, spec, known)
  if (unreached) return unreached
  const model = await resolveModel(spec.model, hubToken)
  if (!model.ok) return model
  const whole: EndpointSpec = { ...spec, model: model.data, secretNames: [...secretNames].sort() }
  const refused = await askProvider(provider, whole)
  return refused ?? ok(whole)
}

/** What only a gateway can call must be reached by it; otherwise callers go there themselves. */
async function unreachedProblem(
  db: Pick<Queryable, 'select'>,
  { network }: SpecInput,
  known: EndpointSpec['network'],
): Promise<Result<never> | null> {
  const calls = network?.private?.calls
  if (calls?.by !== 'gateway') return null
  const before = known?.private?.calls
  if (before?.by === 'gateway' && before.address === calls.address) return null
  const reach = await askGateways(db, calls.address)
  if (reach === 'reachable') return null
  return invalid({
    'network.private.calls': `${reachMessage(reach, calls.address)} Or choose direct only: callers then call the provider themselves.`,
  })
}

/** The provider that is named, in an account of this very team. */
async function findProvider(
  db: Pick<Queryable, 'select'>,
  teamId: string,
  { provider: kind, connection }: SpecInput['hardware'],
): Promise<Result<Provider>> {
  if (connection === null) {
    const provider = providerOf(kind)
    const message = `${PROVIDER_LABELS[kind]} needs a connection; choose one of the team's.`
    return provider ? ok(provider) : invalid({ 'hardware.provider': message })
  }
  const row = await findConnection(db, teamId, connection)
  if (!row.ok) return invalid({ 'hardware.connection': row.error.message })
  if (row.data.settings.kind !== kind)
    return invalid({
      'hardware.provider': `Connection ${row.data.name} is not one to ${PROVIDER_LABELS[kind]}.`,
    })
  try {
    return ok(providerOfConnection(row.data))
  } catch (error) {
    if (error instanceof ProviderError) return invalid({ 'hardware.connection': error.message })
    throw error
  }
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
