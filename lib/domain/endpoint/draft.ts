import type { z } from 'zod'
import type { Accelerator } from '@/lib/domain/hardware/accelerator'
import { EMPTY_NETWORK, networkDraftOf } from '@/lib/domain/network/network-draft'
import type { endpointDraft } from './draft-schema'
import type { EndpointSpec } from './spec'

export type EndpointDraft = z.infer<typeof endpointDraft>

/** Kept apart from the draft: never written to the browser's storage. */
export type SecretEntry = {
  name: string
  value: string /** Has a value in the revision this is based on. */
  kept: boolean
}

export const EMPTY_DRAFT: EndpointDraft = {
  name: '',
  nameTouched: false,
  source: null,
  task: null,
  weightsBytes: null,
  obstacle: null,
  provider: 'local',
  connection: null,
  region: 'this-machine',
  accelerator: 'cpu',
  instanceType: null,
  minReplicas: 1,
  maxReplicas: 1,
  scaleToZeroTimeoutMinutes: null,
  requestsPerMinute: null,
  measure: null,
  level: 'protected',
  allowedRanges: [],
  network: EMPTY_NETWORK,
  engine: { kind: 'model-server' },
  env: [],
  tags: [],
  requestTimeoutSeconds: 300,
}

const NAME_LENGTH = 32
const SUFFIX_LETTERS = 3

/** `owner/Some_Model.v2` and `abc` → `some-model-v2-abc`: HF's proposal, always a valid name. */
export function proposeName(model: string, random: () => number = Math.random): string {
  const letters = Array.from({ length: SUFFIX_LETTERS }, () =>
    String.fromCharCode(97 + Math.floor(random() * 26)),
  ).join('')
  const base = (model.split('/').at(-1) ?? model)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, NAME_LENGTH - SUFFIX_LETTERS - 1)
    .replace(/-+$/, '')
  return base === '' ? `endpoint-${letters}` : `${base}-${letters}`
}

/** A draft that starts from a revision: what the Settings tab edits. */
export function draftOf(name: string, spec: EndpointSpec): EndpointDraft {
  const { model, hardware, security, advanced } = spec
  return {
    name,
    nameTouched: true,
    source: model.source,
    task: model.task,
    weightsBytes: null,
    obstacle: null,
    provider: hardware.provider,
    connection: hardware.connection,
    region: hardware.region,
    accelerator: acceleratorOf(hardware.instanceType),
    instanceType: hardware.instanceType,
    ...hardware.scaling,
    requestsPerMinute: hardware.scaling.requestsPerMinute ?? null,
    measure: hardware.scaling.measure ?? null,
    level: security.level,
    allowedRanges: security.level === 'private' ? security.allowedRanges : [],
    network: networkDraftOf(spec.network),
    engine: advanced.engine,
    env: Object.entries(advanced.env).map(([key, value]) => ({ name: key, value })),
    tags: advanced.tags,
    requestTimeoutSeconds: advanced.requestTimeoutSeconds,
  }
}

/** A model that was in the image goes with it; any other one that takes its place is served as models are. */
export function withChange(draft: EndpointDraft, change: Partial<EndpointDraft>): EndpointDraft {
  const leavesImage = draft.source?.kind === 'image' && change.source && change.source.kind !== 'image'
  return { ...draft, ...(leavesImage ? { engine: EMPTY_DRAFT.engine } : {}), ...change }
}

/** From the id alone, which names the hardware everywhere: no catalogue is needed to open the form. */
function acceleratorOf(instanceType: string): Accelerator {
  if (/-inf2-/.test(instanceType)) return 'neuron'
  // AWS says it by the family: `ml.g5`, `ml.p4d`.
  return /-(gpu|nvidia|amd)-|-ml\.[gp]\d/.test(instanceType) ? 'gpu' : 'cpu'
}

export const keptSecrets = (spec: EndpointSpec): SecretEntry[] =>
  spec.secretNames.map(name => ({ name, value: '', kept: true }))
