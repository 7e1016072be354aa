import type { SpecInput } from '@/lib/domain/endpoint/inputs'
import {
  DEFAULT_ADVANCED,
  DEFAULT_SCALING,
  type EndpointSpec,
  type Scaling,
} from '@/lib/domain/endpoint/spec'

/** The bundled sample on the smallest instance of this machine: what the local provider accepts anywhere. */
export const sampleSpec = (changes: Partial<SpecInput> = {}): SpecInput => ({
  model: { source: { kind: 'sample', name: 'sentiment' }, task: 'text-classification' },
  hardware: {
    provider: 'local',
    connection: null,
    region: 'this-machine',
    instanceType: 'local-this-machine-cpu-x1',
    scaling: DEFAULT_SCALING,
  },
  security: { level: 'protected' },
  advanced: DEFAULT_ADVANCED,
  ...changes,
})

/** The same with other numbers of replicas. */
export const withScaling = (spec: EndpointSpec, scaling: Partial<Scaling>): EndpointSpec => ({
  ...spec,
  hardware: { ...spec.hardware, scaling: { ...spec.hardware.scaling, ...scaling } },
})

/** What a refused write must say, in one line. */
export const codeOf = (result: { ok: boolean; error?: { code: string } }): string =>
  result.ok ? 'ok' : (result.error?.code ?? 'no code')

export function expectOk<T>(result: { ok: true; data: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(`refused: ${result.error.message}`)
  return result.data
}
