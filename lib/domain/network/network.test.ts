import { describe, expect, it } from 'vitest'
import { hostPortOf } from './host-port'
import { network } from './network'
import { EMPTY_NETWORK, networkDraftOf, networkDraftProblems, networkOf } from './network-draft'
import { networkProblems } from './network-problems'

describe('an address within a network', () => {
  it.each([
    ['vpce-0a1b.example.com', { host: 'vpce-0a1b.example.com', port: 443 }],
    ['10.0.0.7:8443', { host: '10.0.0.7', port: 8443 }],
    ['[fd00::7]:80', { host: 'fd00::7', port: 80 }],
    ['[fd00::7]', { host: 'fd00::7', port: 443 }],
  ])('%s is one', (text, place) => {
    expect(hostPortOf(text)).toEqual(place)
  })

  it.each([
    '',
    'https://x.example',
    'a b',
    'x:0',
    'x:70000',
    'x/path',
    'user@x',
    '-x',
    'x:',
    'a'.repeat(256),
  ])('“%s” is none', text => {
    expect(hostPortOf(text)).toBeNull()
  })
})

const closed = {
  private: {
    link: { kind: 'sagemaker' as const, vpcEndpoint: 'vpce-0a1b2c3d' },
    calls: { by: 'direct' as const },
  },
}

describe('how an endpoint is closed to the internet', () => {
  it('is refused where the provider cannot, by another provider’s way, and for a public one', () => {
    const spec = {
      network: closed,
      hardware: { provider: 'sagemaker' as const },
      security: { level: 'protected' },
    }
    const can = { privateLink: true, vpc: true }
    const fieldsOf = (changes: object, able = can) =>
      Object.keys(networkProblems({ ...spec, ...changes }, 'X', able))
    expect(fieldsOf({})).toEqual([])
    expect(fieldsOf({}, { ...can, privateLink: false })).toEqual(['network.private'])
    expect(fieldsOf({ hardware: { provider: 'huggingface' } })).toEqual(['network.private.link'])
    expect(fieldsOf({ security: { level: 'public' } })).toEqual(['security.level'])
    const vpc = { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] }
    expect(fieldsOf({ network: { vpc } }, { ...can, vpc: false })).toEqual(['network.vpc'])
  })

  it('goes from a form to a spec and back', () => {
    for (const given of [
      undefined,
      closed,
      {
        private: {
          link: {
            kind: 'huggingface' as const,
            awsAccount: '123456789012',
            isShared: true,
            entryRegion: 'eu-west-1' as const,
          },
          calls: { by: 'gateway' as const, address: '10.0.0.7' },
        },
      },
      {
        private: { link: { kind: 'azure-ml' as const }, calls: { by: 'direct' as const } },
        vpc: { subnets: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'], securityGroups: ['sg-0a1b2c3d'] },
      },
    ]) {
      const kind = given?.private?.link.kind ?? 'sagemaker'
      const draft = networkDraftOf(given)
      expect(networkDraftProblems(kind, draft)).toEqual([])
      expect(networkOf(kind, draft)).toEqual(given)
      if (given) expect(network.parse(given)).toEqual(given)
    }
  })

  it('says what a form still lacks, in the words of its provider', () => {
    const fieldsOf = (kind: 'huggingface' | 'sagemaker' | 'azure-ml', changes: object) =>
      networkDraftProblems(kind, { ...EMPTY_NETWORK, isPrivate: true, ...changes }).map(({ field }) => field)
    expect(fieldsOf('huggingface', { awsAccount: '12' })).toEqual(['awsAccount', 'address'])
    expect(fieldsOf('sagemaker', { isDirect: true })).toEqual(['vpcEndpoint'])
    expect(fieldsOf('azure-ml', { isDirect: true })).toEqual([])
    expect(fieldsOf('azure-ml', { isDirect: true, hasVpc: true, subnets: 'mine' })).toEqual([
      'subnets',
      'securityGroups',
    ])
  })
})
