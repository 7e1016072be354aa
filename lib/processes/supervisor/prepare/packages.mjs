// Installs node_modules from the lockfile when they differ from it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { done, step } from './progress.mjs'
import { runCommand } from './run-command.mjs'

const readJson = path =>
  readFile(path, 'utf8')
    .then(JSON.parse)
    .catch(() => null)

/**
 * Compares the lockfile with the one npm leaves inside node_modules when an install is complete. Packages of other
 * platforms are optional and may be missing.
 * @param {string} root
 */
export async function arePackagesInstalled(root) {
  const wanted = await readJson(join(root, 'package-lock.json'))
  const present = await readJson(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '' || entry.link) return true
    const installed = present.packages[path]
    return installed ? installed.version === entry.version : Boolean(entry.optional || entry.peer)
  })
}

/** @param {string} root */
export async function installPackages(root) {
  if (await arePackagesInstalled(root)) return done('Packages are installed')
  await step('Installing packages from the lockfile', () =>
    runCommand('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--include=dev'], {
      cwd: root,
      // npm 10 does not know "allowScripts": these keep packages from fetching from elsewhere than the registry.
      env: { ONNXRUNTIME_NODE_INSTALL: 'skip', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', NODE_ENV: '' },
    }),
  )
}
