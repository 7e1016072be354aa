import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const hasPython = (): boolean => {
  try {
    execFileSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A virtual environment with exactly what a `requirements.txt` names; returns its Python. Made once per name. */
export async function pinnedPython(name: string, requirements: string): Promise<string> {
  const home = resolve('node_modules/.cache', name)
  const python = join(home, 'bin', 'python')
  const done = join(home, 'complete')
  if (existsSync(done)) return python
  await run('python3', ['-m', 'venv', '--clear', home])
  const install = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check']
  await run(python, [...install, '-r', requirements])
  await run('touch', [done])
  return python
}
