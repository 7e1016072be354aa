import { isAddressRange } from '@/lib/domain/access/address-range'
import type { CatalogEntry } from '@/lib/domain/hardware/catalog'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { quotaProblem } from '@/lib/domain/hardware/quota-problem'
import { memoryNeededBytes } from '@/lib/domain/hub/weights'
import { networkDraftProblems, networkOf } from '@/lib/domain/network/network-draft'
import type { EndpointDraft, SecretEntry } from './draft'
import type { SpecInput } from './inputs'
import { serverProblem } from './model-servers'
import { endpointNameProblem } from './name-problem'

export const STEPS = ['model', 'hardware', 'security', 'review'] as const
export type Step = (typeof STEPS)[number]

/** Something that is still missing or wrong, on the step where it is mended. */
export type DraftProblem = { step: Exclude<Step, 'review'>; field: string; message: string }

/** What the chosen place has and can. */
export type Offer = Pick<CatalogEntry, 'label' | 'instanceTypes' | 'capabilities'>

const ENVIRONMENT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Everything that stands between the draft and an endpoint, in the order of the steps. */
export function problemsOf(
  draft: EndpointDraft,
  secrets: readonly SecretEntry[],
  offer: Offer | undefined,
): DraftProblem[] {
  return [
    ...modelProblems(draft, offer),
    ...hardwareProblems(draft, offer),
    ...securityProblems(draft, secrets),
  ]
}

function modelProblems(draft: EndpointDraft, offer: Offer | undefined): DraftProblem[] {
  const problems: DraftProblem[] = []
  const add = (field: string, message: string) => problems.push({ step: 'model', field, message })
  if (!draft.source) add('source', 'Choose a model.')
  // What keeps our own model server from a model keeps no cloud from it.
  else if (draft.obstacle && offer?.capabilities.localModels !== false) add('source', draft.obstacle)
  if (draft.source?.kind === 'image') {
    const image = draft.engine.kind === 'container' ? draft.engine.image : ''
    if (image === '') add('source', 'Give the image: registry/name:tag.')
  }
  if (draft.source && !draft.task) add('task', 'Choose a task.')
  const nameProblem = endpointNameProblem(draft.name)
  if (draft.source && nameProblem) add('name', nameProblem)
  return problems
}

function hardwareProblems(draft: EndpointDraft, offer: Offer | undefined): DraftProblem[] {
  const problems: DraftProblem[] = []
  const add = (field: string, message: string) => problems.push({ step: 'hardware', field, message })
  const instance = offer?.instanceTypes.find(candidate => candidate.id === draft.instanceType)
  const misfit = instance ? misfitOf(instance, draft) : 'Choose an instance type.'
  if (misfit) add('instanceType', misfit)
  const isOfThisMachine = draft.source?.kind === 'sample' || draft.source?.kind === 'folder'
  if (offer && !offer.capabilities.localModels && isOfThisMachine)
    add('provider', `${offer.label} cannot read models of this machine: choose one from the Hub.`)
  if (offer && !offer.capabilities.containers && draft.engine.kind === 'container')
    add('provider', `${offer.label} runs no containers of your own: choose another place.`)
  const tooMany = instance ? quotaProblem(instance, draft.maxReplicas) : null
  if (tooMany) add('maxReplicas', tooMany)
  if (draft.minReplicas > draft.maxReplicas) add('maxReplicas', 'The maximum is at least the minimum.')
  return problems
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
  if (draft.network.isPrivate && draft.level === 'public')
    add('level', 'What is private at its provider cannot be public here: choose protected or private.')
  for (const { field, message } of networkDraftProblems(draft.provider, draft.network))
    add(`network.${field}`, message)
  const { engine, task, accelerator } = draft
  const server = engine.kind === 'model-server' ? engine.server : undefined
  const misfit = server && task ? serverProblem(server, { task, accelerator }) : null
  if (misfit) add('engine', misfit)
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
  const roomBytes = instance.gpu?.memoryBytes ?? instance.memoryBytes
  if (needed <= roomBytes) return null
  const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`
  return `The model needs about ${gib(needed)}, this has ${gib(roomBytes)}.`
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

/** The spec of a complete draft; undefined while something is missing. The server checks what it says. */
export function specOf(draft: EndpointDraft): SpecInput | undefined {
  const { source, task, instanceType } = draft
  if (!source || !task || !instanceType) return undefined
  const network = networkOf(draft.provider, draft.network)
  return {
    model: { source, task },
    hardware: {
      provider: draft.provider,
      connection: draft.connection,
      region: draft.region,
      instanceType,
      scaling: {
        minReplicas: draft.minReplicas,
        maxReplicas: draft.maxReplicas,
        scaleToZeroTimeoutMinutes: draft.scaleToZeroTimeoutMinutes,
        ...(draft.requestsPerMinute === null ? {} : { requestsPerMinute: draft.requestsPerMinute }),
        ...(draft.measure === null ? {} : { measure: draft.measure }),
      },
    },
    security:
      draft.level === 'private'
        ? { level: 'private', allowedRanges: draft.allowedRanges }
        : { level: draft.level },
    ...(network ? { network } : {}),
    advanced: {
      engine: draft.engine,
      env: Object.fromEntries(draft.env.map(entry => [entry.name, entry.value])),
      tags: draft.tags,
      requestTimeoutSeconds: draft.requestTimeoutSeconds,
    },
  }
}

/** Secrets as a verb takes them: null keeps the value of the revision the change is based on. */
export const secretsOf = (secrets: readonly SecretEntry[]): Record<string, string | null> =>
  Object.fromEntries(
    secrets.map(secret => [secret.name, secret.value === '' && secret.kept ? null : secret.value]),
  )
