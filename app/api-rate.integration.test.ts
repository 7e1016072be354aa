import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, database } from '@/lib/server/db/client'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { GET as getCatalog } from './api/teams/[team]/catalog/route'
import { GET as whoami } from './api/whoami-v2/route'

testDataDir()
const db = testDatabase()
let team: TestTeam
let looping: { authorization: string }
let other: { authorization: string }

beforeAll(async () => {
  process.env.DATABASE_URL = db.url
  process.env.SLIPWAY_API_REQUESTS_PER_SECOND = '1'
  team = await makeTeam(db.db)
  const person = await makePerson(db.db, team, 'owner')
  const bearer = async () => ({
    authorization: `Bearer ${(await makeToken(db.db, team, person, 'read')).text}`,
  })
  looping = await bearer()
  other = await bearer()
})
afterAll(() => closeDatabase(database()))

const ask = (handler: typeof whoami, headers: Record<string, string>) =>
  handler(new Request('http://localhost:3000/', { headers }), {
    params: Promise.resolve({ team: team.slug }),
  })

test('a token that loops is told when to come back, at every door, and no other one is held up', async () => {
  const answers: Response[] = []
  for (let time = 0; time < 14; time++) answers.push(await ask(whoami, looping))
  const statuses = answers.map(answer => answer.status)
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200))
  expect(statuses.at(-1)).toBe(429)
  const refused = answers.at(-1)
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(await refused?.json()).toEqual({ error: expect.stringContaining('wait 2 s') })

  const own = await ask(getCatalog, looping)
  expect(own.status).toBe(429)
  expect(await own.json()).toMatchObject({ error: { code: 'rate_limited', requestId: expect.any(String) } })
  expect((await ask(whoami, other)).status).toBe(200)
})
