import { afterAll, beforeAll, expect, it } from 'vitest'
import { Stage } from '@/lib/testing/stage/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.build()
})
afterAll(() => stage.clear())

it('resets a password while Slipway runs and while it does not', async () => {
  const environment = { SLIPWAY_DATA_DIR: stage.dataDir(), SLIPWAY_ADMIN_EMAIL: 'ada@example.org' }
  const reset = async (email: string) => {
    const run = stage.start(environment, { program: 'admin', args: ['reset-password', email] })
    return { code: await run.ended(), output: run.output }
  }
  const slipway = stage.start(environment)
  await slipway.says(/Slipway is running/)
  expect(await reset('Ada@example.org')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/New password of ada@example.org: \S{15,}/),
  })
  await slipway.stop()
  expect((await reset('ada@example.org')).code).toBe(0)
  expect(await reset('nobody@example.org')).toEqual({
    code: 1,
    output: 'There is no account with the address nobody@example.org.\n',
  })
})

it('explains itself, and refuses what it does not know', async () => {
  const run = async (...args: string[]) => {
    const started = stage.start({ SLIPWAY_DATA_DIR: stage.dataDir() }, { program: 'admin', args })
    return { code: await started.ended(), output: started.output }
  }
  expect(await run('help')).toMatchObject({
    code: 0,
    output: expect.stringContaining('reset-password <email>'),
  })
  expect(await run('explode')).toMatchObject({
    code: 2,
    output: expect.stringContaining('no command “explode”'),
  })
  expect(await run('reset-password')).toMatchObject({ code: 2 })
  expect(await run('reset-password', 'a@b.c')).toMatchObject({
    code: 1,
    output: expect.stringContaining('begin with npm start'),
  })
})
