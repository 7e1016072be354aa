import { describe, expect, it } from 'vitest'
import { NO_CAPABILITIES } from '@/lib/domain/hardware/capabilities'
import type { SpecInput } from './inputs'
import { DEFAULT_ADVANCED, DEFAULT_SCALING } from './spec'
import { capabilityProblems, specProblems } from './spec-problems'

const spec: SpecInput = {
  model: { source: { kind: 'sample', name: 'sentiment' }, task: 'text-classification' },
  hardware: { provider: 'local', connection: null, region: 'r', instanceType: 'i', scaling: DEFAULT_SCALING },
  security: { level: 'protected' },
  advanced: DEFAULT_ADVANCED,
}
const withEnv = (env: Record<string, string>): SpecInput => ({ ...spec, advanced: { ...spec.advanced, env } })
const scaled = (minReplicas: number, maxReplicas: number, timeout: number | null = null): SpecInput => ({
  ...spec,
  hardware: {
    ...spec.hardware,
    scaling: { minReplicas, maxReplicas, scaleToZeroTimeoutMinutes: timeout },
  },
})

describe('what is wrong with a spec', () => {
  it('is nothing for a plain one', () => {
    expect(specProblems(withEnv({ HF_TOKEN: 'x', LOG_LEVEL: 'debug' }), ['OTHER'])).toEqual({})
  })

  it('names a variable that is a secret too', () => {
    expect(Object.keys(specProblems(withEnv({ KEY: 'x' }), ['KEY']))).toEqual(['advanced.env.KEY'])
  })

  it('asks what to scale by where the provider scales by requests, and only there', () => {
    const aims = {
      ...NO_CAPABILITIES,
      localModels: true,
      replicas: true,
      autoscaling: true,
      requestTarget: true,
    }
    const aimed = scaled(1, 3)
    aimed.hardware.scaling.requestsPerMinute = 60
    const field = 'hardware.scaling.requestsPerMinute'
    expect(Object.keys(capabilityProblems(scaled(1, 3), 'There', aims))).toEqual([field])
    expect(capabilityProblems(aimed, 'There', aims)).toEqual({})
    expect(capabilityProblems(scaled(2, 2), 'There', aims)).toEqual({})
    expect(Object.keys(capabilityProblems(aimed, 'There', { ...aims, requestTarget: false }))).toEqual([
      field,
    ])
  })

  it('takes a choice of server only where there are several', () => {
    const engine = { kind: 'model-server' as const, server: 'tei' as const }
    const chosen = { ...spec, advanced: { ...spec.advanced, engine } }
    const can = { ...NO_CAPABILITIES, localModels: true }
    expect(Object.keys(capabilityProblems(chosen, 'There', can))).toEqual(['advanced.engine'])
    expect(capabilityProblems(chosen, 'There', { ...can, modelServers: true })).toEqual({})
  })

  it('names what the provider lacks', () => {
    expect(
      Object.keys(capabilityProblems(scaled(0, 1), 'Here', { ...NO_CAPABILITIES, localModels: true })),
    ).toEqual(['hardware.scaling.minReplicas'])
    expect(
      Object.keys(capabilityProblems(scaled(1, 1, 15), 'Here', { ...NO_CAPABILITIES, localModels: true })),
    ).toEqual(['hardware.scaling.minReplicas'])
    expect(
      capabilityProblems(scaled(1, 2), 'Here', { ...NO_CAPABILITIES, localModels: true, replicas: true }),
    ).toEqual({
      'hardware.scaling.maxReplicas':
        'Here runs a fixed number of replicas: set minimum and maximum to the same.',
    })
    expect(Object.keys(capabilityProblems(spec, 'Here', NO_CAPABILITIES))).toEqual(['model.source'])
  })
})
