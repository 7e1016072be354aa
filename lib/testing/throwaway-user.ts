import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'

export type ThrowawayUser = { uid: number; gid: number; remove: () => void }

/** An ordinary account for one test; only root can make one. */
export function makeThrowawayUser(): ThrowawayUser {
  const name = `slipway-test-${randomBytes(3).toString('hex')}`
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', name])
  const idOf = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return {
    uid: idOf('-u'),
    gid: idOf('-g'),
    remove: () => void execFileSync('userdel', [name], { stdio: 'ignore' }),
  }
}
