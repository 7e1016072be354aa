import { execFile, execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
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

/**
 * A virtual environment with exactly what a `requirements.txt` names; returns its Python. Made once per name: beside
 * its place and moved there whole, because several test files may want it at the same time.
 */
export async function pinnedPython(name: string, requirements: string): Promise<string> {
  const home = resolve('node_modules/.cache', name)
  const isComplete = () => existsSync(join(home, 'complete'))
  const pythonIn = (folder: string) => join(folder, 'bin', 'python')
  if (isComplete()) return pythonIn(home)
  const own = `${home}.${randomUUID()}`
  await run('python3', ['-m', 'venv', own])
  // Python compiles what is imported; a whole emulator would take longer than its download.
  const install = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-deps',
    '--no-compile',
    '--disable-pip-version-check',
  ]
  await run(pythonIn(own), [...install, '-r', requirements])
  await writeFile(join(own, 'complete'), '')
  // Refused when another was faster: then that one is used.
  await rename(own, home).catch(async error => {
    await rm(own, { recursive: true, force: true })
    if (!isComplete()) throw error
  })
  return pythonIn(home)
}
