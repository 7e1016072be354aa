// The installers are stand-ins that say what they were asked and put a file where the real ones do: nothing may be
// installed on the machine that runs the tests.
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ASK = `import(process.argv[1]).then(async m => console.log(JSON.stringify(await m.provideChromium('.'))))`
const isRoot = process.getuid?.() === 0
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-chromium-'))
  await mkdir(join(folder, 'bin'))
  await symlink('/bin/sh', join(folder, 'bin', 'sh'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function command(name: string, script: string): Promise<void> {
  const path = join(folder, 'bin', name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
}

/** What is answered where only these commands exist, and what is said on the way. */
async function provide(env: Record<string, string> = {}) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['-e', ASK, resolve('lib/testing/run/chromium.mjs')],
    {
      env: {
        NODE_ENV: 'test',
        PATH: join(folder, 'bin'),
        PLAYWRIGHT_BROWSERS_PATH: join(folder, 'browsers'),
        ...env,
      },
    },
  )
  const lines = stdout.trim().split('\n')
  return { answer: JSON.parse(lines.pop() ?? ''), said: lines.join('\n') }
}

test('one that is named, or the system’s, is taken as it is', async () => {
  await command('chromium', 'echo Chromium')
  expect(await provide()).toEqual({ answer: { path: join(folder, 'bin', 'chromium') }, said: '' })
  const named = await provide({ SLIPWAY_CHROMIUM: '/opt/mine' })
  expect(named.answer).toEqual({ path: '/opt/mine' })
})

test('where Playwright’s cannot be had, root gets Debian’s package, and everybody reads what was tried', async () => {
  await command('npx', 'echo "Error: getaddrinfo ENOTFOUND cdn.playwright.dev" >&2; exit 1')
  await command(
    'apt-get',
    `case "$*" in *install*chromium) echo '#!/bin/sh' > ${join(folder, 'bin', 'chromium')} ;; esac`,
  )
  const { answer, said } = await provide()
  expect(said).toContain('npx playwright install chromium …')
  expect(said).toContain('did not work (Error: getaddrinfo ENOTFOUND cdn.playwright.dev)')
  expect(said.includes('apt-get install')).toBe(isRoot)
  expect(answer).toEqual(
    isRoot ? { path: join(folder, 'bin', 'chromium') } : { missing: expect.stringContaining('no Chromium') },
  )
})

test('where nothing can be had, the sentence says what to do', async () => {
  await command('npx', 'exit 1')
  await command('apt-get', 'echo "E: Unable to locate package chromium" >&2; exit 100')
  const { answer } = await provide()
  expect(answer).toEqual({ missing: expect.stringContaining('Install chromium and run again') })
})
