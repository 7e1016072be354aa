import { spawn } from 'node:child_process'

/**
 * Runs a command with its output on the terminal; resolves with its exit code (1 where it did not start).
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} options
 * @returns {Promise<number>}
 */
export const runVisibly = (command, args, { cwd, env = {} }) =>
  new Promise(resolve => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' })
    child.on('error', () => resolve(1))
    child.on('exit', code => resolve(code ?? 1))
  })
