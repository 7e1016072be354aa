import { describe, expect, it } from 'vitest'
import {
  type Asker,
  canCallEndpoint,
  canCreateEndpoint,
  canCreateToken,
  canListEndpoints,
  canListTokens,
  canRemoveEndpoint,
  canRevokeToken,
  canSeeEndpoint,
  canUpdateEndpoint,
  isOfTeam,
} from './rights'
import { ROLES, type Role } from './roles'
import type { TokenScope } from './tokens'

const team = { id: 'team' }
const endpoint = { id: 'endpoint', teamId: 'team' }
const elsewhere = { id: 'endpoint', teamId: 'other' }

const user = (role: Role) => ({
  kind: 'user' as const,
  userId: 'me',
  memberships: [{ teamId: 'team', role }],
})
const token = (scope: TokenScope, extra: { endpointId?: string; role?: Role } = {}): Asker => ({
  kind: 'token',
  teamId: 'team',
  scope,
  endpointId: extra.endpointId ?? null,
  role: extra.role ?? 'owner',
})

describe('rights', () => {
  it('end at the team', () => {
    for (const asker of [user('owner'), token('write')]) {
      expect(isOfTeam(asker, { id: 'other' })).toBe(false)
      expect(canSeeEndpoint(asker, elsewhere)).toBe(false)
      expect(canCallEndpoint(asker, elsewhere)).toBe(false)
      expect(canUpdateEndpoint(asker, elsewhere)).toBe(false)
      expect(canListTokens(asker, { id: 'other' })).toBe(false)
    }
  })

  it('of every role include looking; of a viewer nothing else', () => {
    for (const role of ROLES) {
      expect(canListEndpoints(user(role), team)).toBe(true)
      expect(canSeeEndpoint(user(role), endpoint)).toBe(true)
      for (const can of [canUpdateEndpoint, canRemoveEndpoint, canCallEndpoint])
        expect(can(user(role), endpoint)).toBe(role !== 'viewer')
      expect(canCreateEndpoint(user(role), team)).toBe(role !== 'viewer')
      expect(canCreateToken(user(role), team, 'read')).toBe(true)
      expect(canCreateToken(user(role), team, 'infer')).toBe(role !== 'viewer')
    }
  })

  it('of a token are its scope, and write includes both others', () => {
    expect(canSeeEndpoint(token('read'), endpoint)).toBe(true)
    expect(canCallEndpoint(token('read'), endpoint)).toBe(false)
    expect(canUpdateEndpoint(token('read'), endpoint)).toBe(false)
    expect(canSeeEndpoint(token('infer'), endpoint)).toBe(false)
    expect(canCallEndpoint(token('infer'), endpoint)).toBe(true)
    for (const can of [canSeeEndpoint, canCallEndpoint, canUpdateEndpoint])
      expect(can(token('write'), endpoint)).toBe(true)
  })

  it('of a token never exceed those its maker has now', () => {
    const demoted = token('write', { role: 'viewer' })
    expect(canSeeEndpoint(demoted, endpoint)).toBe(true)
    expect(canUpdateEndpoint(demoted, endpoint)).toBe(false)
    expect(canCallEndpoint(demoted, endpoint)).toBe(false)
  })

  it('of a token for one endpoint end there', () => {
    const limited = token('write', { endpointId: 'endpoint' })
    expect(canUpdateEndpoint(limited, endpoint)).toBe(true)
    expect(canUpdateEndpoint(limited, { id: 'second', teamId: 'team' })).toBe(false)
    expect(canSeeEndpoint(limited, { id: 'second', teamId: 'team' })).toBe(false)
    expect(canCreateEndpoint(limited, team)).toBe(false)
  })

  it('over tokens belong to people: to their makers and to those who administer', () => {
    const mine = { teamId: 'team', userId: 'me' }
    const theirs = { teamId: 'team', userId: 'you' }
    expect(canRevokeToken(user('viewer'), mine)).toBe(true)
    expect(canRevokeToken(user('member'), theirs)).toBe(false)
    expect(canRevokeToken(user('admin'), theirs)).toBe(true)
    expect(canRevokeToken(token('write'), mine)).toBe(false)
    expect(canCreateToken(token('write'), team, 'read')).toBe(false)
    expect(canListTokens(token('write'), team)).toBe(false)
  })
})
