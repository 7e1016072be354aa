import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { processStartTime } from '@/lib/server/process-identity'
import type { ReplicaFile } from '@/lib/server/providers/local/replica-files'

/** If the machine itself runs short, the kernel takes a replica before the database or Slipway. */
const OUT_OF_MEMORY_PREFERENCE = '500'

export type ChildEnd = {
  code: number | null
  signal: NodeJS.Signals | null
  error: string | null
  at: string
}

/** Starts the replica in a session of its own, with this process's environment: the shim's is the replica's. */
export function startChild(file: ReplicaFile): { child: ChildProcess; ended: Promise<ChildEnd> } {
  const child = spawn(file.command, file.args, {
    cwd: file.cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<ChildEnd>(resolve => {
    const now = () => new Date().toISOString()
    child.once('error', error => {
      if (child.pid === undefined) resolve({ code: null, signal: null, error: error.message, at: now() })
    })
    child.once('exit', (code, signal) => resolve({ code, signal, error: null, at: now() }))
  })
  if (child.pid !== undefined) preferForOutOfMemory(child.pid)
  return { child, ended }
}

export function childIdentity(child: ChildProcess): { pid: number; startTime: string } | null {
  const startTime = child.pid === undefined ? null : processStartTime(child.pid)
  return child.pid === undefined || startTime === null ? null : { pid: child.pid, startTime }
}

function preferForOutOfMemory(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, OUT_OF_MEMORY_PREFERENCE)
  } catch {
    // Not Linux, or not allowed: it was only a preference.
  }
}

/** All its output is in, or whoever else holds its pipes has had its time. */
export function outputClosed(child: ChildProcess, timeoutMs: number): Promise<void> {
  const open = [child.stdout, child.stderr].filter(stream => stream && !stream.closed)
  const closed = Promise.all(open.map(stream => new Promise(resolve => stream?.once('close', resolve))))
  const timeout = new Promise(resolve => setTimeout(resolve, timeoutMs).unref())
  return Promise.race([closed, timeout]).then(() => undefined)
}
