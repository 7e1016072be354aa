// Finds a Chromium for the browser tests, or installs one: the system's, Playwright's own, Debian's package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

export function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(existsSync) ?? null
}

export const systemChromium = () => findOnPath(NAMES) ?? (existsSync(MAC) ? MAC : null)

async function playwrightChromium() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return existsSync(path) ? path : null
}

const succeeds = (command, args, root) =>
  spawnSync(command, args, { cwd: root, stdio: 'ignore', timeout: 600_000 }).status === 0

/**
 * The path of a Chromium, or why there is none.
 * @param {string} root
 * @returns {Promise<{ path: string } | { missing: string }>}
 */
export async function provideChromium(root) {
  const present = process.env.SLIPWAY_CHROMIUM || systemChromium() || (await playwrightChromium())
  if (present) return { path: present }
  process.stdout.write('Installing Chromium for the browser tests …\n')
  if (succeeds('npx', ['playwright', 'install', 'chromium'], root)) {
    const own = await playwrightChromium()
    if (own) return { path: own }
  }
  if (process.getuid?.() === 0 && findOnPath(['apt-get'])) {
    succeeds('apt-get', ['update'], root)
    succeeds('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], root)
    const debian = systemChromium()
    if (debian) return { path: debian }
  }
  return {
    missing:
      'browser tests: there is no Chromium, and neither Playwright nor apt could install one. Install chromium and run again.',
  }
}
