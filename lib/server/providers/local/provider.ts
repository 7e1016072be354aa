import type { Provider } from '../port'

export function createLocalProvider(): Provider {
  throw new Error('being written')
}
