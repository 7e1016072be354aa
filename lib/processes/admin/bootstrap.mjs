// What `npm run admin` runs: the bundled command, bundled first when its sources changed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleWhenChanged } from '../supervisor/prepare/build.mjs'
import { explainAndExit } from '../supervisor/prepare/progress.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
try {
  process.chdir(root)
  if (existsSync('.env')) process.loadEnvFile('.env')
  await bundleWhenChanged(root)
} catch (error) {
  explainAndExit(error)
}
await import(pathToFileURL(join(root, 'dist', 'admin.mjs')).href)
