// What `npm start` runs on a fresh clone: installs, bundles and builds what is missing, then hands over to the
// supervisor. Plain JavaScript without packages, because nothing is installed yet.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { refuseIfRunning } from './prepare/already-running.mjs'
import { buildPortalWhenChanged, bundleWhenChanged } from './prepare/build.mjs'
import { installPackages } from './prepare/packages.mjs'
import { explainAndExit, StartError, say } from './prepare/progress.mjs'

const MINIMUM_NODE = [20, 19]
const root = fileURLToPath(new URL('../../..', import.meta.url))
const buildOnly = process.argv.includes('--build-only')

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return
  throw new StartError(
    `Slipway needs Node.js ${MINIMUM_NODE.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org.`,
  )
}

try {
  checkNode()
  process.chdir(root)
  // Once for all programs; otherwise only the portal would read it, as Next does by itself.
  if (existsSync('.env')) process.loadEnvFile('.env')
  say('Slipway')
  await refuseIfRunning(root)
  await installPackages(root)
  await bundleWhenChanged(root)
  await buildPortalWhenChanged(root)
} catch (error) {
  explainAndExit(error)
}
if (!buildOnly) await import(pathToFileURL(join(root, 'dist', 'supervisor.mjs')).href)
