import type { ChildProcess } from 'node:child_process'
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
  /** Aborted when the replica is to stop. */
  stop: AbortSignal
}

/** Runs the replica to its end and says how it ended. No process of it is left then. */
export async function supervise({ file, paths, writer, claim, stop }: Options): Promise<StatusFile> {
  const { child, ended } = startChild(file)
  const outputs = [
    child.stdout && captureOutput(child.stdout, 'stdout', writer),
    child.stderr && captureOutput(child.stderr, 'stderr', writer),
  ]
  nameChild(paths.shim, claim, child)
  const memory =
    child.pid === undefined ? null : await holdToEnd(child, child.pid, { file, paths, stop, ended })
  const end = await ended
  for (const output of outputs) output?.finish()
  noteEnd(writer, end, memory, file)
  const isKernelKill = memory?.sawKernelKill === true && end.signal === 'SIGKILL' && !stop.aborted
  return {
    ...end,
    nonce: file.nonce,
    outOfMemory: memory?.usedBytes != null || isKernelKill,
    requested: stop.aborted,
    logLines: writer.lines,
  }
}

/** So that the replica can be found, and proved to be itself, when this process is killed. */
function nameChild(path: string, claim: ShimFile, child: ChildProcess): void {
  try {
    replaceJsonFile(path, { ...claim, child: childIdentity(child) } satisfies ShimFile)
  } catch (error) {
    // A full disk: it can still be found by the nonce in its environment.
    console.error(error)
  }
}

type Memory = {
  /** What it used when the limit was reached; null when it was not. */
  usedBytes: number | null
  sawKernelKill: boolean
}
type Holding = Pick<Options, 'file' | 'paths' | 'stop'> & { ended: Promise<unknown> }

/** Watches over the running replica until it and everything it started is gone. */
async function holdToEnd(
  child: ChildProcess,
  pid: number,
  { file, paths, stop, ended }: Holding,
): Promise<Memory> {
  let usedBytes: number | null = null
  const tree = new ProcessTree(pid)
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
  forwardStop(child, { stop, ended, tree, graceMs: file.stopGraceSeconds * 1000 })
  await ended
  const sawKernelKill = monitor.sawKernelKill()
  monitor.stop()
  await killAll(tree, file.nonce)
  await outputClosed(child, OUTPUT_CLOSE_MS)
  return { usedBytes, sawKernelKill }
}

type Stoppable = { stop: AbortSignal; ended: Promise<unknown>; tree: ProcessTree; graceMs: number }

/** SIGTERM to the replica's main process, which knows how to wind down; after the grace SIGKILL for all of it. */
function forwardStop(child: ChildProcess, { stop, ended, tree, graceMs }: Stoppable): void {
  const begin = async () => {
    child.kill('SIGTERM')
    const isOver = await Promise.race([ended.then(() => true), sleep(graceMs, false, { ref: false })])
    if (!isOver) tree.kill()
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

function noteEnd(writer: LogWriter, end: ChildEnd, memory: Memory | null, file: ReplicaFile): void {
  const usedBytes = memory?.usedBytes ?? null
  if (end.error !== null) note(writer, `could not start ${file.command}: ${end.error}`)
  if (usedBytes !== null) {
    const [used, limit] = [usedBytes, file.memoryLimitBytes ?? 0].map(bytes => (bytes / 1e6).toFixed(0))
    note(writer, `out of memory: ${used} MB in use, the limit is ${limit} MB; the replica was killed`)
  }
}
