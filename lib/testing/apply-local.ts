import { createLocalProvider } from '@/lib/server/providers/local/provider'
import { type LocalSettings, localSettings } from '@/lib/server/providers/local/settings'
import type { Target } from '@/lib/server/providers/port'

/** A controller reduced to one `apply`, to be killed: its one argument says what and where, as JSON. */
const { settings, target } = JSON.parse(process.argv[2] ?? '') as {
  settings: Omit<LocalSettings, 'machine' | 'baseEnv'>
  target: Target
}
const machine = () => ({ cpus: 4, memoryBytes: 1024 ** 3 })
await createLocalProvider({ ...localSettings(), ...settings, machine }).apply(target)
console.log('applied')
// Stays, as a controller does.
setInterval(() => {}, 1000)
