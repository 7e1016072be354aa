import { closeSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Opened by us and inherited: PostgreSQL's own account need not reach the folder. */
export function openServerLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  return openSync(file, 'a', 0o600)
}

export function sizeOfLog(file: string): number {
  const fd = openServerLog(file)
  try {
    return fstatSync(fd).size
  } finally {
    closeSync(fd)
  }
}

/** What PostgreSQL wrote about its failure since this start. */
export async function fatalLines(logFile: string, from: number): Promise<string> {
  const text = (await readFile(logFile)).subarray(from).toString('utf8')
  return text
    .split('\n')
    .filter(line => /\b(FATAL|PANIC|LOG: {2}could not bind)/.test(line))
    .map(line => line.replace(/^.*?\b(FATAL|PANIC|LOG): */, ''))
    .join(' ')
}
