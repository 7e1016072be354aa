import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SpecInput } from '@/lib/domain/endpoint/inputs'
import { auditLog } from '@/lib/server/db/schema/audit-log'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { revisions } from '@/lib/server/db/schema/revisions'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { codeOf, expectOk, sampleSpec } from '@/lib/testing/specs'
import { createEndpoint } from './create-endpoint'
import { createPlaygroundToken } from './create-playground-token'
import { getEndpoint } from './get-endpoint'
import { listEndpoints } from './list-endpoints'
import { listEvents } from './list-events'
import { listRevisions } from './list-revisions'
import { pauseEndpoint } from './pause-endpoint'
import { recordEvent } from './record-event'
import { removeEndpoint } from './remove-endpoint'
import { resumeEndpoint } from './resume-endpoint'
import { openSecret } from './secrets'
import { updateEndpoint } from './update-endpoint'

testDataDir()
const database = testDatabase()
let team: TestTeam
let owner: Awaited<ReturnType<typeof makePerson>>
let viewer: Awaited<ReturnType<typeof makePerson>>
let stranger: Awaited<ReturnType<typeof makePerson>>
let reading: Awaited<ReturnType<typeof makeToken>>
let counter = 0

beforeAll(async () => {
  const { db } = database
  team = await makeTeam(db)
  owner = await makePerson(db, team, 'owner')
  viewer = await makePerson(db, team, 'viewer')
  stranger = await makePerson(db, await makeTeam(db), 'owner')
  reading = await makeToken(db, team, owner, 'read')
})

const newName = () => `e-${++counter}`
const create = (name: string, spec: SpecInput = sampleSpec(), secrets: Record<string, string | null> = {}) =>
  createEndpoint(owner.ctx, { team: team.slug, name, spec, secrets, sentType: null })
const withEnv = (env: Record<string, string>) => sampleSpec({ advanced: { ...sampleSpec().advanced, env } })
const ref = (endpoint: string) => ({ team: team.slug, endpoint })
const update = (endpoint: string, baseRevision: number, spec: SpecInput, secrets = {}) =>
  updateEndpoint(owner.ctx, { ...ref(endpoint), baseRevision, spec, secrets, sentType: null })
const auditsOf = (objectId: string) =>
  database.db.select().from(auditLog).where(eq(auditLog.objectId, objectId)).orderBy(auditLog.id)

describe('creating an endpoint', () => {
  it('writes spec, event and audit row, and leaves the rest to the controller', async () => {
    const name = newName()
    const made = expectOk(await create(name, sampleSpec(), { HF_TOKEN: 'hf_secret' }))
    expect(made).toMatchObject({ name, state: 'pending', desired: 'present', revision: 1, requests24h: 0 })
    expect(made.spec.secretNames).toEqual(['HF_TOKEN'])
    expect(made.createdBy?.name).toBe('The owner')
    expect(made.url).toMatch(new RegExp(`/${team.slug}/${name}$`))
    const events = expectOk(await listEvents(owner.ctx, { ...ref(name), limit: 10 }))
    expect(events.items.map(event => [event.kind, event.actorName])).toEqual([['created', 'The owner']])
    await recordEvent(database.db, {
      kind: 'stateChanged',
      message: 'It failed.',
      data: { from: 'pending', to: 'failed' },
      endpointId: made.id,
      actor: { kind: 'system', name: 'Slipway' },
    })
    const [newest] = expectOk(await listEvents(owner.ctx, { ...ref(name), limit: 1 })).items
    expect(newest).toMatchObject({ kind: 'stateChanged', state: 'failed' })
    const [audit] = await auditsOf(made.id)
    expect(audit).toMatchObject({ action: 'endpoint.create', actorKind: 'user', requestId: 'test-owner' })
    expect(JSON.stringify(audit)).not.toContain('hf_secret')
    const [row] = await database.db.select().from(revisions).where(eq(revisions.endpointId, made.id))
    expect(JSON.stringify(row)).not.toContain('hf_secret')
    expect(openSecret(row?.sealedSecrets.HF_TOKEN ?? '', made.id)).toBe('hf_secret')
  })

  it('takes a free name only; of many at once one gets it', async () => {
    const name = newName()
    const results = await Promise.all([create(name), create(name), create(name)])
    expect(results.map(codeOf).sort()).toEqual(['conflict', 'conflict', 'ok'])
    const refused = await create(name)
    expect(refused).toMatchObject({ ok: false, error: { fields: { name: expect.any(String) } } })
  })

  it('is refused by whoever may only look, and does not exist for other teams', async () => {
    const input = { team: team.slug, name: newName(), spec: sampleSpec(), secrets: {}, sentType: null }
    expect(codeOf(await createEndpoint(viewer.ctx, input))).toBe('forbidden')
    expect(codeOf(await createEndpoint(reading.ctx, input))).toBe('forbidden')
    expect(codeOf(await createEndpoint(stranger.ctx, input))).toBe('not_found')
    expect(codeOf(await getEndpoint(owner.ctx, ref(input.name)))).toBe('not_found')
  })

  it('names the field the provider or we refuse, and leaves nothing behind', async () => {
    const before = await database.db.$count(endpoints)
    const hardware = { ...sampleSpec().hardware, instanceType: 'local-this-machine-cpu-x4096' }
    expect(await create(newName(), sampleSpec({ hardware }))).toMatchObject({
      error: { code: 'provider_refused', fields: { 'hardware.instanceType': expect.any(String) } },
    })
    const scaling = { minReplicas: 0, maxReplicas: 1, scaleToZeroTimeoutMinutes: 15 }
    expect(
      await create(newName(), sampleSpec({ hardware: { ...sampleSpec().hardware, scaling } })),
    ).toMatchObject({
      error: { code: 'invalid', fields: { 'hardware.scaling.minReplicas': expect.any(String) } },
    })
    expect(codeOf(await create(newName(), withEnv({ NODE_OPTIONS: '--inspect' })))).toBe('provider_refused')
    expect(codeOf(await create(newName(), withEnv({ KEY: 'a' }), { KEY: 'b' }))).toBe('invalid')
    expect(await create(newName(), sampleSpec(), { KEY: null })).toMatchObject({
      error: { code: 'invalid', fields: { 'secrets.KEY': expect.any(String) } },
    })
    expect(
      codeOf(await create(newName(), sampleSpec({ hardware: { ...hardware, provider: 'sagemaker' } }))),
    ).toBe('invalid')
    expect(await database.db.$count(endpoints)).toBe(before)
  })
})

describe('updating an endpoint', () => {
  it('writes a new revision with one line that says what changed; null keeps a secret', async () => {
    const name = newName()
    const { id } = expectOk(await create(name, withEnv({ A: '1' }), { KEEP: 'kept', DROP: 'gone' }))
    const updated = expectOk(await update(name, 1, withEnv({ A: '2' }), { KEEP: null }))
    expect(updated.revision).toBe(2)
    expect(updated.spec.secretNames).toEqual(['KEEP'])
    const history = expectOk(await listRevisions(owner.ctx, ref(name))).items
    expect(history.map(revision => revision.summary)).toEqual(['A: 1 → 2; secret DROP removed', 'Created'])
    const rows = await database.db.select().from(revisions).where(eq(revisions.endpointId, id))
    const second = rows.find(row => row.number === 2)
    expect(openSecret(second?.sealedSecrets.KEEP ?? '', id)).toBe('kept')
    expect((await auditsOf(id)).map(row => row.action)).toEqual(['endpoint.create', 'endpoint.update'])
  })

  it('made from an older revision is refused with the other person’s diff', async () => {
    const name = newName()
    expectOk(await create(name, withEnv({ A: '1' })))
    expectOk(await update(name, 1, withEnv({ A: '2' })))
    const refused = await update(name, 1, withEnv({ B: '1' }))
    expect(refused).toMatchObject({
      error: {
        code: 'stale_revision',
        details: { revision: 2, changedBy: 'The owner', changes: [{ label: 'A', before: '1', after: '2' }] },
      },
    })
    const both = await Promise.all([
      update(name, 2, withEnv({ A: '3' })),
      update(name, 2, withEnv({ A: '4' })),
    ])
    expect(both.map(codeOf).sort()).toEqual(['ok', 'stale_revision'])
  })

  it('that changes nothing is refused kindly; a secret set again is a change', async () => {
    const name = newName()
    expectOk(await create(name, sampleSpec(), { KEY: 'one' }))
    const same = await update(name, 1, sampleSpec(), { KEY: null })
    expect(same).toMatchObject({ error: { code: 'invalid', message: expect.stringContaining('Nothing') } })
    const set = expectOk(await update(name, 1, sampleSpec(), { KEY: 'two' }))
    expect(set.revision).toBe(2)
  })

  it('is refused by whoever may only look, and does not exist for other teams', async () => {
    const name = newName()
    expectOk(await create(name))
    const input = { ...ref(name), baseRevision: 1, spec: withEnv({ A: '1' }), secrets: {}, sentType: null }
    expect(codeOf(await updateEndpoint(viewer.ctx, input))).toBe('forbidden')
    expect(codeOf(await updateEndpoint(reading.ctx, input))).toBe('forbidden')
    expect(codeOf(await updateEndpoint(stranger.ctx, input))).toBe('not_found')
    expect(expectOk(await getEndpoint(owner.ctx, ref(name))).revision).toBe(1)
  })
})

describe('pause, resume and delete', () => {
  it('write what is wanted, each with its event; out of place they say why', async () => {
    const name = newName()
    const { id } = expectOk(await create(name))
    expect(await resumeEndpoint(owner.ctx, ref(name))).toMatchObject({
      error: { code: 'invalid_state', message: expect.stringContaining('already running') },
    })
    expect(expectOk(await pauseEndpoint(owner.ctx, ref(name))).desired).toBe('paused')
    expect(codeOf(await pauseEndpoint(owner.ctx, ref(name)))).toBe('invalid_state')
    expect(expectOk(await resumeEndpoint(owner.ctx, ref(name))).desired).toBe('present')
    const kinds = expectOk(await listEvents(owner.ctx, { ...ref(name), limit: 10 })).items.map(
      event => event.kind,
    )
    expect(kinds).toEqual(['resumeRequested', 'pauseRequested', 'created'])

    expect(codeOf(await removeEndpoint(owner.ctx, { ...ref(name), typedName: 'another' }))).toBe('invalid')
    expectOk(await removeEndpoint(owner.ctx, { ...ref(name), typedName: name }))
    expectOk(await removeEndpoint(owner.ctx, ref(name)))
    expect(codeOf(await pauseEndpoint(owner.ctx, ref(name)))).toBe('invalid_state')
    expect(codeOf(await update(name, 1, withEnv({ A: '1' })))).toBe('invalid_state')
    expect((await auditsOf(id)).map(row => row.action)).toEqual([
      'endpoint.create',
      'endpoint.pause',
      'endpoint.resume',
      'endpoint.remove',
    ])
  })

  it('free the name once removal is confirmed; the old one is still read by its id', async () => {
    const name = newName()
    const { id } = expectOk(await create(name))
    expectOk(await removeEndpoint(owner.ctx, ref(name)))
    expect(codeOf(await create(name))).toBe('conflict')
    await database.db.update(endpoints).set({ removedAt: new Date() }).where(eq(endpoints.id, id))
    const second = expectOk(await create(name))
    expect(expectOk(await getEndpoint(owner.ctx, ref(name))).id).toBe(second.id)
    expect(expectOk(await getEndpoint(owner.ctx, ref(id))).removedAt).not.toBeNull()
    expect(codeOf(await pauseEndpoint(owner.ctx, ref(id)))).toBe('invalid_state')
    expect(codeOf(await getEndpoint(stranger.ctx, ref(id)))).toBe('not_found')
  })

  it('are refused by whoever may only look, and do not exist for other teams', async () => {
    const name = newName()
    expectOk(await create(name))
    for (const verb of [pauseEndpoint, resumeEndpoint, removeEndpoint]) {
      expect(codeOf(await verb(viewer.ctx, ref(name)))).toBe('forbidden')
      expect(codeOf(await verb(reading.ctx, ref(name)))).toBe('forbidden')
      expect(codeOf(await verb(stranger.ctx, ref(name)))).toBe('not_found')
      expect(codeOf(await verb(stranger.ctx, { ...ref(name), team: 'no-such-team' }))).toBe('not_found')
    }
    expect(expectOk(await getEndpoint(viewer.ctx, ref(name))).desired).toBe('present')
  })
})

describe('a token limited to one endpoint', () => {
  it('changes that one and neither sees nor lists another', async () => {
    const [mine, other] = [newName(), newName()]
    const { id } = expectOk(await create(mine))
    expectOk(await create(other))
    const { ctx } = await makeToken(database.db, team, owner, 'write', id)
    expectOk(await pauseEndpoint(ctx, ref(mine)))
    expect(codeOf(await pauseEndpoint(ctx, ref(other)))).toBe('forbidden')
    const names = expectOk(
      await listEndpoints(ctx, { team: team.slug, sort: 'name', direction: 'asc' }),
    ).items.map(endpoint => endpoint.name)
    expect(names).toEqual([mine])
  })
})

describe('the playground’s token', () => {
  it('calls one endpoint for a minute, and is for people who may call', async () => {
    const name = newName()
    expectOk(await create(name))
    const made = expectOk(await createPlaygroundToken(owner.ctx, ref(name)))
    expect(Date.parse(made.expiresAt) - Date.now()).toBeLessThanOrEqual(60_000)
    expect(codeOf(await createPlaygroundToken(viewer.ctx, ref(name)))).toBe('forbidden')
    expect(codeOf(await createPlaygroundToken(reading.ctx, ref(name)))).toBe('forbidden')
    expect(codeOf(await createPlaygroundToken(stranger.ctx, ref(name)))).toBe('not_found')
  })
})

describe('the list', () => {
  it('filters by words, state and tag, and sorts both ways', async () => {
    const place = await makeTeam(database.db)
    const person = await makePerson(database.db, place)
    const make = (name: string, tags: string[]) =>
      createEndpoint(person.ctx, {
        team: place.slug,
        name,
        spec: sampleSpec({ advanced: { ...sampleSpec().advanced, tags } }),
        secrets: {},
        sentType: null,
      })
    for (const [name, tags] of [
      ['alpha', ['prod']],
      ['beta', ['prod', 'eu']],
      ['gamma', []],
    ] as const)
      expectOk(await make(name, [...tags]))
    const list = async (query: object) =>
      expectOk(
        await listEndpoints(person.ctx, { team: place.slug, sort: 'name', direction: 'asc', ...query }),
      ).items.map(endpoint => endpoint.name)
    expect(await list({})).toEqual(['alpha', 'beta', 'gamma'])
    expect(await list({ direction: 'desc' })).toEqual(['gamma', 'beta', 'alpha'])
    expect(await list({ tags: ['prod', 'eu'] })).toEqual(['beta'])
    expect(await list({ search: 'sentiment GAM' })).toEqual(['gamma'])
    expect(await list({ states: ['running'] })).toEqual([])
    expect(await list({ states: ['pending'] })).toHaveLength(3)
    await database.db
      .update(endpoints)
      .set({ removedAt: new Date() })
      .where(and(eq(endpoints.teamId, place.id), eq(endpoints.name, 'gamma')))
    expect(await list({})).toEqual(['alpha', 'beta'])
    expect(await list({ deleted: true })).toEqual(['gamma'])
    expect(
      codeOf(await listEndpoints(stranger.ctx, { team: place.slug, sort: 'name', direction: 'asc' })),
    ).toBe('not_found')
  })
})
