import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { pinnedPython } from '../pinned-python'

const run = promisify(execFile)
const FOLDER = resolve('lib/testing/hf-client')

/** A Python with exactly the client of `requirements.txt`. */
export const installHfClient = (): Promise<string> =>
  pinnedPython('slipway-hf-client-2.0.0', join(FOLDER, 'requirements.txt'))

type Journey = 'journey.py' | 'scale_to_zero.py'

/** Runs a journey against a portal and returns what the client saw. */
export async function runJourney(
  python: string,
  portalUrl: string,
  token: string,
  journey: Journey = 'journey.py',
): Promise<unknown> {
  const environment = { HF_TOKEN: token, HF_ENDPOINT: portalUrl, HF_HUB_DISABLE_TELEMETRY: '1' }
  const { stdout } = await run(python, [join(FOLDER, journey), portalUrl], {
    env: { ...process.env, ...environment },
  })
  return JSON.parse(stdout)
}
