import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs a text exactly as a person would paste it into a shell; rejects with its output when it fails. */
export async function inShell(script: string): Promise<string> {
  const { stdout } = await run('bash', ['-c', script], { timeout: 30_000 })
  return stdout
}

export async function inPython(script: string): Promise<string> {
  const { stdout } = await run('python3', ['-c', script], { timeout: 30_000 })
  return stdout
}

/** Process ids whose command line names a text, one per line; without a shell, which would name it too. */
export async function processesNaming(text: string): Promise<string> {
  const found = await run('pgrep', ['-f', text]).catch(() => ({ stdout: '' }))
  return found.stdout
}
