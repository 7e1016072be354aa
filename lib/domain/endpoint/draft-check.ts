import { isAddressRange } from '@/lib/domain/access/address-range'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { memoryNeededBytes } from '@/lib/domain/hub/weights'
import type { EndpointDraft, SecretEntry } from './draft'
import { type SpecInput, specInput } from './inputs'
import { endpointName } from './name'

export const STEPS = ['model', 'hardware', 'security', 'review'] as const
export type Step = (typeof STEPS)[number]

/** Something that is still missing or wrong, on the step where it is mended. */
export type DraftProblem = { step: Exclude<Step, 'review'>; field: string; message: string }

const ENVIRONMENT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Everything that stands between the draft and an endpoint, in the order of the steps. */
export function problemsOf(
  draft: EndpointDraft,
  secrets: readonly SecretEntry[],
  instances: readonly InstanceType[],
): DraftProblem[] {
  return [...modelProblems(draft), ...hardwareProblems(draft, instances), ...securityProblems(draft, secrets)]
}

function modelProblems(draft: EndpointDraft): DraftProblem[] {
  const problems: DraftProblem[] = []
  const add = (field: string, message: string) => problems.push({ step: 'model', field, message })
  if (!draft.source) add('source', 'Choose a model.')
  else if (draft.obstacle) add('source', draft.obstacle)
  if (draft.source && !draft.task) add('task', 'Choose a task.')
  const name = endpointName.safeParse(draft.name)
  if (draft.source && !name.success) add('name', name.error.issues[0]?.message ?? 'Give the endpoint a name.')
  return problems
}

function hardwareProblems(draft: EndpointDraft, instances: readonly InstanceType[]): DraftProblem[] {
  const instance = instances.find(candidate => candidate.id === draft.instanceType)
  if (!instance) return [{ step: 'hardware', field: 'instanceType', message: 'Choose an instance type.' }]
  const misfit = misfitOf(instance, draft)
  return misfit ? [{ step: 'hardware', field: 'instanceType', message: misfit }] : []
}

function securityProblems(draft: EndpointDraft, secrets: readonly SecretEntry[]): DraftProblem[] {
  const problems: DraftProblem[] = []
  const add = (field: string, message: string) => problems.push({ step: 'security', field, message })
  if (draft.level === 'private') {
    if (draft.allowedRanges.length === 0)
      add('allowedRanges', 'Private needs at least one allowed address range.')
    for (const range of draft.allowedRanges) {
      if (!isAddressRange(range))
        add('allowedRanges', `${range} is not an address or range such as 10.0.0.0/8.`)
    }
  }
  const names = [...draft.env, ...secrets].map(entry => entry.name)
  for (const name of names) {
    if (!ENVIRONMENT_NAME.test(name))
      add('env', `“${name}” is not a variable name: letters, digits and _, no digit first.`)
  }
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    add('env', `${name} is set twice.`)
  }
  for (const secret of secrets)
    if (!secret.kept && secret.value === '') add('secrets', `Give ${secret.name} a value.`)
  return problems
}

/** Why an instance type cannot run the draft's model; null when it can, as far as is known. */
export function misfitOf(instance: InstanceType, draft: Pick<EndpointDraft, 'weightsBytes'>): string | null {
  if (instance.availability.status === 'unavailable') return instance.availability.reason
  if (draft.weightsBytes === null) return null
  const needed = memoryNeededBytes(draft.weightsBytes)
  if (needed <= instance.memoryBytes) return null
  const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`
  return `The model needs about ${gib(needed)}, this has ${gib(instance.memoryBytes)}.`
}

/** The smallest that fits with room to spare: cheapest first, then fewest CPUs, but two where there are two. */
export function suggestInstance(
  instances: readonly InstanceType[],
  draft: Pick<EndpointDraft, 'weightsBytes' | 'accelerator'>,
): InstanceType | undefined {
  const fitting = instances
    .filter(instance => instance.accelerator === draft.accelerator && misfitOf(instance, draft) === null)
    .toSorted((a, b) => (a.priceUsdPerHour ?? 0) - (b.priceUsdPerHour ?? 0) || a.cpus - b.cpus)
  return fitting[0]
}

/** The spec of a complete draft; undefined while something is missing. */
export function specOf(draft: EndpointDraft): SpecInput | undefined {
  const parsed = specInput.safeParse({
    model: { source: draft.source, task: draft.task },
    hardware: {
      provider: draft.provider,
      region: draft.region,
      instanceType: draft.instanceType,
      scaling: { minReplicas: draft.replicas, maxReplicas: draft.replicas, scaleToZeroTimeoutMinutes: null },
    },
    security:
      draft.level === 'private'
        ? { level: 'private', allowedRanges: draft.allowedRanges }
        : { level: draft.level },
    advanced: {
      engine: { kind: 'model-server' },
      env: Object.fromEntries(draft.env.map(entry => [entry.name, entry.value])),
      tags: draft.tags,
      requestTimeoutSeconds: draft.requestTimeoutSeconds,
    },
  })
  return parsed.success ? parsed.data : undefined
}

/** Secrets as a verb takes them: null keeps the value of the revision the change is based on. */
export const secretsOf = (secrets: readonly SecretEntry[]): Record<string, string | null> =>
  Object.fromEntries(
    secrets.map(secret => [secret.name, secret.value === '' && secret.kept ? null : secret.value]),
  )
