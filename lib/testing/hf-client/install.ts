import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const FOLDER = resolve('lib/testing/hf-client')

export const hasPython = (): boolean => {
  try {
    execFileSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A virtual environment with exactly the client of `requirements.txt`; returns its Python. Made once. */
export async function installHfClient(): Promise<string> {
  const home = resolve('node_modules/.cache/slipway-hf-client-2.0.0')
  const python = join(home, 'bin', 'python')
  const done = join(home, 'complete')
  if (existsSync(done)) return python
  await run('python3', ['-m', 'venv', '--clear', home])
  const install = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check']
  await run(python, [...install, '-r', join(FOLDER, 'requirements.txt')])
  await run('touch', [done])
  return python
}

/** Runs the journey against a portal and returns what the client saw. */
export async function runJourney(python: string, portalUrl: string, token: string): Promise<unknown> {
  const environment = { HF_TOKEN: token, HF_ENDPOINT: portalUrl, HF_HUB_DISABLE_TELEMETRY: '1' }
  const { stdout } = await run(python, [join(FOLDER, 'journey.py'), portalUrl], {
    env: { ...process.env, ...environment },
  })
  return JSON.parse(stdout)
}
