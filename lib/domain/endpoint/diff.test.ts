import { describe, expect, it } from 'vitest'
import { sampleSpec } from '@/lib/testing/specs'
import { diffSpecs, summarizeChanges } from './diff'
import { DEFAULT_ADVANCED, type EndpointSpec } from './spec'

const spec: EndpointSpec = {
  ...sampleSpec({ advanced: { ...DEFAULT_ADVANCED, env: { A: '1', B: '2' } } }),
  secretNames: ['KEY'],
}

describe('the difference of two specs', () => {
  it('is empty for the same one, whatever the order of its keys', () => {
    const same = { ...spec, advanced: { ...spec.advanced, env: { B: '2', A: '1' } } }
    expect(diffSpecs(spec, same)).toEqual([])
  })

  it('names what was added, removed and changed', () => {
    const after: EndpointSpec = {
      ...spec,
      hardware: { ...spec.hardware, instanceType: 'local-this-machine-cpu-x2' },
      security: { level: 'private', allowedRanges: ['10.0.0.0/8'] },
      advanced: { ...spec.advanced, env: { B: '3', C: '4' } },
    }
    const changes = diffSpecs(spec, after)
    expect(changes.map(change => [change.path, change.before, change.after])).toEqual([
      ['hardware.instanceType', 'local-this-machine-cpu-x1', 'local-this-machine-cpu-x2'],
      ['security.level', 'protected', 'private'],
      ['security.allowedRanges', null, '10.0.0.0/8'],
      ['advanced.env.B', '2', '3'],
      ['advanced.env.C', null, '4'],
      ['advanced.env.A', '1', null],
    ])
    expect(summarizeChanges(changes)).toBe(
      'instance type: local-this-machine-cpu-x1 → local-this-machine-cpu-x2; ' +
        'security level: protected → private; allowed ranges added; B: 2 → 3; 2 more',
    )
  })

  it('says that a secret was replaced, never what it is', () => {
    const changes = diffSpecs(spec, spec, ['KEY'])
    expect(summarizeChanges(changes)).toBe('secret KEY replaced')
    expect(JSON.stringify(changes)).toContain('(secret)')
    expect(summarizeChanges(diffSpecs(spec, { ...spec, secretNames: [] }))).toBe('secret KEY removed')
  })
})
