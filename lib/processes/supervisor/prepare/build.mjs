// Bundles the programs and builds the portal, each only when its sources changed.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hintCompilation } from './compile-hints.mjs'
import { done, StartError, step } from './progress.mjs'
import { runCommand } from './run-command.mjs'
import { stampOf } from './source-stamp.mjs'

const CONFIGURATION = ['package.json', 'package-lock.json', 'tsconfig.json']
const PORTAL_SOURCES = ['app', 'components', 'lib', 'public', 'next.config.ts', 'postcss.config.mjs']

const isCurrent = async (file, stamp) => (await readFile(file, 'utf8').catch(() => '')) === stamp

/** @param {string} root */
export async function bundleWhenChanged(root) {
  const outdir = join(root, 'dist')
  const stampFile = join(outdir, 'stamp')
  const stamp = await stampOf(root, [...CONFIGURATION, 'lib'])
  if (await isCurrent(stampFile, stamp)) return done('Programs are up to date')
  await step('Bundling the programs', async () => {
    const { bundlePrograms } = await import('../../bundle.mjs')
    await mkdir(outdir, { recursive: true })
    await rm(stampFile, { force: true })
    await bundlePrograms({ root, outdir }).catch(error => {
      throw new StartError(`Bundling failed:\n\n${error.message}`)
    })
    await writeFile(stampFile, stamp)
  })
}

/** @param {string} root */
export async function buildPortalWhenChanged(root) {
  const stampFile = join(root, '.next', 'slipway-stamp')
  const stamp = await stampOf(root, [...CONFIGURATION, ...PORTAL_SOURCES], name =>
    name.startsWith('lib/processes/'),
  )
  if (await isCurrent(stampFile, stamp)) return done('Portal is up to date')
  await step('Building the portal', async () => {
    await rm(stampFile, { force: true })
    await runCommand(
      'Building the portal',
      process.execPath,
      [join('node_modules/next/dist/bin/next'), 'build'],
      {
        cwd: root,
        env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
      },
    )
    await hintCompilation(join(root, '.next', 'static', 'chunks'))
    await writeFile(stampFile, stamp)
  })
}
