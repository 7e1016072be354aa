import { expect, test } from 'vitest'
import { checkVariables, refuseVariable, replicaEnvironment } from './environment'

test.each(['PORT', 'HF_MODEL_ID', 'SLIPWAY_PORT_FILE', 'HF_HOME', 'TMPDIR', 'Path'])(
  '%s is Slipway’s to set',
  name => {
    expect(refuseVariable(name)).toContain('set by Slipway itself')
  },
)

test.each(['NODE_OPTIONS', 'LD_PRELOAD', 'DYLD_INSERT_LIBRARIES', 'OPENSSL_CONF'])(
  '%s could load code',
  name => {
    expect(refuseVariable(name)).toContain('which code runs')
  },
)

test.each(['HF_TOKEN', 'MODEL_TEMPERATURE', 'TZ', 'NODEX'])('%s is the user’s to set', name => {
  expect(refuseVariable(name)).toBeNull()
})

test('every refused variable is named at its field', () => {
  expect(checkVariables({ PORT: '1', FINE: 'x', ZERO: 'a\0b' }, ['NODE_OPTIONS', 'API_KEY'])).toEqual([
    { field: 'advanced.env.PORT', message: expect.stringContaining('PORT') },
    { field: 'advanced.env.ZERO', message: expect.stringContaining('zero byte') },
    { field: 'secrets.NODE_OPTIONS', message: expect.stringContaining('NODE_OPTIONS') },
  ])
})

test('the contract wins over the user, secrets over plain values, and nothing else gets in', () => {
  const env = replicaEnvironment({
    base: { PATH: '/bin', HF_TOKEN: 'operator', TZ: 'UTC' },
    user: { PORT: '99', TZ: 'Europe/Berlin', KEY: 'plain', NODE_OPTIONS: '--inspect' },
    secrets: { KEY: 'secret', HF_TOKEN: 'team' },
    contract: { PORT: '0' },
  })
  expect(env).toEqual({ PATH: '/bin', HF_TOKEN: 'team', TZ: 'Europe/Berlin', KEY: 'secret', PORT: '0' })
})
