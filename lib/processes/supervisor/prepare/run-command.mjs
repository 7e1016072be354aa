import { spawn } from 'node:child_process'
import { StartError } from './progress.mjs'

const KEPT_OUTPUT = 200_000

/**
 * Runs a command quietly; its output is shown only when it fails.
 * @param {string} what for the message: "Installing packages"
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} options
 */
export function runCommand(what, command, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = chunk => {
      output = (output + chunk).slice(-KEPT_OUTPUT)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', error => reject(new StartError(`${what} failed: ${error.message}`)))
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output)
      else reject(new StartError(`${what} failed (${signal ?? `exit code ${code}`}):\n\n${output.trim()}`))
    })
  })
}
