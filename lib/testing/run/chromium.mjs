// Finds a Chromium for the browser tests, or installs one: the system's, Playwright's own, Debian's package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
const INSTALL_TIMEOUT_MS = 600_000

export function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(existsSync) ?? null
}

export const systemChromium = () => findOnPath(NAMES) ?? (existsSync(MAC) ? MAC : null)

/** Playwright's own, where it is there and finds its libraries: on a bare system it does not. */
async function playwrightChromium() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return existsSync(path) && spawnSync(path, ['--version']).status === 0 ? path : null
}

const say = text => process.stdout.write(`${text}\n`)

/** Runs an installer, saying so, and why where it fails. */
function install(what, command, args, root) {
  say(`   ${what}: ${command} ${args.join(' ')} …`)
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status === 0) return true
  const lines = `${stdout ?? ''}\n${stderr ?? ''}`.split('\n').filter(line => /error|fail|unable/i.test(line))
  say(`   ${what}: did not work (${(error?.message ?? lines.at(-1) ?? `exit ${status}`).trim()})`)
  return false
}

/**
 * The path of a Chromium, or why there is none.
 * @param {string} root
 * @returns {Promise<{ path: string } | { missing: string }>}
 */
export async function provideChromium(root) {
  const present = process.env.SLIPWAY_CHROMIUM || systemChromium() || (await playwrightChromium())
  if (present) return { path: present }
  say('There is no Chromium for the browser tests; installing one.')
  if (install('Playwright’s own', 'npx', ['playwright', 'install', 'chromium'], root)) {
    const own = await playwrightChromium()
    if (own) return { path: own }
    say('   Playwright’s own: does not start here')
  }
  if (process.getuid?.() === 0 && findOnPath(['apt-get'])) {
    install('Debian’s package', 'apt-get', ['update'], root)
    install('Debian’s package', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], root)
    const debian = systemChromium()
    if (debian) return { path: debian }
  }
  return {
    missing:
      'browser tests: there is no Chromium, and neither Playwright nor apt could install one. Install chromium and run again.',
  }
}
