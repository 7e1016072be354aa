import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invocationOf } from '@/lib/server/providers/sagemaker/invocation'
import { upstreamAccess } from '@/lib/server/providers/upstream-access'
import { makePerson, makeTeam, type TestTeam } from '@/lib/testing/access'
import { KEYS } from '@/lib/testing/aws/edge'
import { startAwsPlace } from '@/lib/testing/aws/place'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { hasPython } from '@/lib/testing/pinned-python'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { createConnection } from './create-connection'
import { listConnections } from './list-connections'
import { updateConnection } from './update-connection'

testDataDir()
const SLUG = 'house'
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
process.env.SLIPWAY_AMBIENT_AWS_TEAMS = SLUG
// Where the vendor's chain looks first.
process.env.AWS_ACCESS_KEY_ID = KEYS.accessKeyId
process.env.AWS_SECRET_ACCESS_KEY = KEYS.secretAccessKey
const test = testDatabase()

describe.runIf(hasPython())('credentials that are found where Slipway runs', () => {
  let place: Awaited<ReturnType<typeof startAwsPlace>>
  let named: TestTeam
  let other: TestTeam
  beforeAll(async () => {
    place = await startAwsPlace()
    named = await makeTeam(test.db, SLUG)
    other = await makeTeam(test.db)
  }, 300_000)
  afterAll(() => place?.edge.stop())

  const wish = (team: TestTeam, ambientFor: string) => {
    const { region, roleArn, baseUrl } = place.account
    return {
      team: team.slug,
      name: 'The machine’s account',
      settings: { kind: 'sagemaker' as const, region, roleArn, baseUrl },
      secrets: { ambientFor },
    }
  }

  it('are for the teams that an administrator has named, and for nobody else', async () => {
    const owner = await makePerson(test.db, named, 'owner')
    const stranger = await makePerson(test.db, other, 'owner')
    for (const slug of [SLUG, other.slug]) {
      expect(codeOf(await createConnection(stranger.ctx, wish(other, slug)))).toBe('forbidden')
    }
    const made = expectOk(await createConnection(owner.ctx, wish(named, SLUG)))
    expect(made.permissions.map(({ allowed }) => allowed)).not.toContain('no')
    const changed = { ...wish(named, other.slug), connectionId: made.id }
    expect(codeOf(await updateConnection(owner.ctx, changed))).toBe('forbidden')
    const listed = async (ctx: typeof owner.ctx, team: TestTeam) =>
      expectOk(await listConnections(ctx, { team: team.slug })).mayUseAmbientAws
    expect([await listed(owner.ctx, named), await listed(stranger.ctx, other)]).toEqual([true, false])
  })

  it('sign the gateway’s calls for such a team, and none for another', async () => {
    const url = `${place.edge.url}/endpoints/slipway-nobody-00000000/invocations`
    const sign = async (ambientFor: string) => {
      const access = upstreamAccess({
        kind: 'sagemaker',
        tenantId: null,
        baseUrl: null,
        region: place.account.region,
        secrets: { ambientFor },
        patienceSeconds: 1,
      })
      if (access?.kind !== 'sagemaker') throw new Error('no access')
      return await invocationOf({ account: access.account, url }, new Map(), Buffer.from('{}'))
    }
    const { headers } = await sign(SLUG)
    const answer = await fetch(url, { method: 'POST', headers, body: '{}' })
    // Signed right: it is the endpoint that is not there.
    expect(await answer.json()).toMatchObject({ __type: 'ValidationError' })
    await expect(sign(other.slug)).rejects.toMatchObject({ code: 'credentials' })
  })
})
