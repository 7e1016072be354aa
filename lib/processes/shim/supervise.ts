import { setTimeout as sleep } from 'node:timers/promises'
import { replaceJsonFile } from '@/lib/server/providers/local/atomic-file'
import type { ReplicaFile, ShimFile, StatusFile } from '@/lib/server/providers/local/replica-files'
import type { AttemptPaths } from '@/lib/server/providers/local/replica-paths'
import { killReplicaProcesses } from '@/lib/server/providers/local/replica-processes'
import { type ChildEnd, childIdentity, outputClosed, startChild } from './child'
import type { LogWriter } from './log-writer'
import { Monitor } from './monitor'
import { captureOutput, note } from './output'
import { ProcessTree } from './process-tree'

const OUTPUT_CLOSE_MS = 2000
const KILL_ROUNDS = 40
const KILL_PAUSE_MS = 50

type Options = {
  file: ReplicaFile
  paths: AttemptPaths
  writer: LogWriter
  /** This process's claim; written again with the child's identity. */
  claim: ShimFile
  /** Aborted with 'now' or 'gently'. */
  stop: AbortSignal
}

/** Runs the replica to its end and says how it ended. No process of it is left then. */
export async function supervise({ file, paths, writer, claim, stop }: Options): Promise<StatusFile> {
  const { child, ended } = startChild(file)
  const outputs = [
    child.stdout && captureOutput(child.stdout, 'stdout', writer),
    child.stderr && captureOutput(child.stderr, 'stderr', writer),
  ]
  let usedBytes: number | null = null
  let sawKernelKill = false
  if (child.pid !== undefined) {
    replaceJsonFile(paths.shim, { ...claim, child: childIdentity(child) } satisfies ShimFile)
    const tree = new ProcessTree(child.pid)
    const monitor = new Monitor({
      tree,
      nonce: file.nonce,
      usagePath: paths.usage,
      memoryLimitBytes: file.memoryLimitBytes,
      onOverLimit: used => {
        usedBytes = used
        tree.kill()
      },
    })
    forwardStop(child.pid, { stop, ended, tree, graceMs: file.stopGraceSeconds * 1000 })
    await ended
    sawKernelKill = monitor.sawKernelKill()
    monitor.stop()
    await killAll(tree, file.nonce)
    await outputClosed(child, OUTPUT_CLOSE_MS)
  }
  const end = await ended
  for (const output of outputs) output?.finish()
  const outOfMemory = usedBytes !== null || (sawKernelKill && end.signal === 'SIGKILL' && !stop.aborted)
  noteEnd(writer, end, usedBytes, file)
  return {
    ...end,
    nonce: file.nonce,
    outOfMemory,
    requested: stop.aborted,
    at: new Date().toISOString(),
    logLines: writer.lines,
  }
}

type Stoppable = { stop: AbortSignal; ended: Promise<unknown>; tree: ProcessTree; graceMs: number }

/** SIGTERM to the replica's main process, which knows how to wind down; after the grace SIGKILL for all of it. */
function forwardStop(pid: number, { stop, ended, tree, graceMs }: Stoppable): void {
  let hasEnded = false
  ended.then(() => {
    hasEnded = true
  })
  const begin = async () => {
    if (hasEnded) return
    process.kill(pid, 'SIGTERM')
    await Promise.race([ended, sleep(graceMs, undefined, { ref: false })])
    if (!hasEnded) tree.kill()
  }
  if (stop.aborted) void begin()
  else stop.addEventListener('abort', () => void begin(), { once: true })
}

/** Whatever the main process left behind goes with it. */
async function killAll(tree: ProcessTree, nonce: string): Promise<void> {
  for (let round = 0; round < KILL_ROUNDS; round++) {
    const left = tree.kill()
    if (killReplicaProcesses(nonce) && left === 0) return
    await sleep(KILL_PAUSE_MS)
  }
}

function noteEnd(writer: LogWriter, end: ChildEnd, usedBytes: number | null, file: ReplicaFile): void {
  if (end.error !== null) note(writer, `could not start ${file.command}: ${end.error}`)
  if (usedBytes !== null) {
    const [used, limit] = [usedBytes, file.memoryLimitBytes ?? 0].map(bytes => (bytes / 1e6).toFixed(0))
    note(writer, `out of memory: ${used} MB in use, the limit is ${limit} MB; the replica was killed`)
  }
}
