import { networkFields } from '@/lib/domain/network/network-fields'
import { modelLabel } from './model-label'
import { measureText } from './scaling-measure'
import type { EndpointSpec } from './spec'

/** One thing that differs between two specs. Values are short texts for people; secrets never show theirs. */
export type Change = { path: string; label: string; before: string | null; after: string | null }

type Field = { path: string; label: string; value: string | null }

/** What changed from one spec to another, in the order of the form. `resetSecrets`: names given a new value. */
export function diffSpecs(
  before: EndpointSpec,
  after: EndpointSpec,
  resetSecrets: readonly string[] = [],
): Change[] {
  const old = new Map(fieldsOf(before).map(field => [field.path, field]))
  const changes: Change[] = []
  for (const field of fieldsOf(after)) {
    const was = old.get(field.path)
    old.delete(field.path)
    const isReset = was && resetSecrets.some(name => field.path === `secrets.${name}`)
    if (isReset || was?.value !== field.value)
      changes.push({
        path: field.path,
        label: field.label,
        before: was?.value ?? null,
        after: isReset ? 'new value' : field.value,
      })
  }
  for (const { path, label, value } of old.values()) changes.push({ path, label, before: value, after: null })
  return changes
}

/** One line: what the revision list, the timeline and the audit log say. */
export function summarizeChanges(changes: readonly Change[]): string {
  const parts = changes.slice(0, 4).map(({ label, before, after }) => {
    if (before === null) return `${label} added`
    if (after === null) return `${label} removed`
    return after === 'new value' ? `${label} replaced` : `${label}: ${short(before)} → ${short(after)}`
  })
  const rest = changes.length - parts.length
  return rest > 0 ? `${parts.join('; ')}; ${rest} more` : parts.join('; ')
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

function fieldsOf(spec: EndpointSpec): Field[] {
  const { model, hardware, security, advanced } = spec
  const { scaling } = hardware
  const fixed: Field[] = [
    { path: 'model.source', label: 'model', value: `${model.source.kind}:${modelLabel(spec)}` },
    { path: 'model.revision', label: 'model revision', value: revisionOf(spec) },
    { path: 'model.task', label: 'task', value: model.task },
    { path: 'hardware.provider', label: 'provider', value: hardware.provider },
    { path: 'hardware.region', label: 'region', value: hardware.region },
    { path: 'hardware.instanceType', label: 'instance type', value: hardware.instanceType },
    { path: 'hardware.scaling.minReplicas', label: 'minimum replicas', value: String(scaling.minReplicas) },
    { path: 'hardware.scaling.maxReplicas', label: 'maximum replicas', value: String(scaling.maxReplicas) },
    {
      path: 'hardware.scaling.scaleToZeroTimeoutMinutes',
      label: 'scale to zero after',
      value:
        scaling.scaleToZeroTimeoutMinutes === null ? 'never' : `${scaling.scaleToZeroTimeoutMinutes} min`,
    },
    {
      path: 'hardware.scaling.requestsPerMinute',
      label: 'requests per replica and minute',
      value: scaling.requestsPerMinute === undefined ? null : String(scaling.requestsPerMinute),
    },
    {
      path: 'hardware.scaling.measure',
      label: 'scales by',
      value: scaling.measure ? measureText(scaling.measure) : null,
    },
    { path: 'security.level', label: 'security level', value: security.level },
    {
      path: 'security.allowedRanges',
      label: 'allowed ranges',
      value: security.level === 'private' ? security.allowedRanges.join(', ') : null,
    },
    { path: 'advanced.tags', label: 'tags', value: advanced.tags.length ? advanced.tags.join(', ') : null },
    {
      path: 'advanced.requestTimeoutSeconds',
      label: 'request timeout',
      value: `${advanced.requestTimeoutSeconds} s`,
    },
  ]
  return [...fixed, ...networkFields(spec.network), ...engineFields(spec), ...variableFields(spec)].filter(
    field => field.value !== null,
  )
}

function revisionOf(spec: EndpointSpec): string | null {
  return spec.model.source.kind === 'hub' ? (spec.model.source.revision ?? 'default branch') : null
}

function engineFields({ advanced: { engine } }: EndpointSpec): Field[] {
  const fields: Field[] = [{ path: 'advanced.engine.kind', label: 'engine', value: engine.kind }]
  if (engine.kind === 'model-server')
    return [...fields, { path: 'advanced.engine.server', label: 'server', value: engine.server ?? null }]
  return [
    ...fields,
    { path: 'advanced.engine.image', label: 'image', value: engine.image },
    { path: 'advanced.engine.port', label: 'container port', value: String(engine.port) },
    { path: 'advanced.engine.healthRoute', label: 'health route', value: engine.healthRoute },
    { path: 'advanced.engine.command', label: 'command', value: engine.command.join(' ') || null },
    { path: 'advanced.engine.args', label: 'arguments', value: engine.args.join(' ') || null },
  ]
}

/** Keys sorted: the order a form or a client sends them in is no change. */
function variableFields({ advanced, secretNames }: EndpointSpec): Field[] {
  const variables = Object.entries(advanced.env).sort(([a], [b]) => a.localeCompare(b))
  return [
    ...variables.map(([name, value]) => ({ path: `advanced.env.${name}`, label: name, value })),
    ...[...secretNames]
      .sort()
      .map(name => ({ path: `secrets.${name}`, label: `secret ${name}`, value: '(secret)' })),
  ]
}
