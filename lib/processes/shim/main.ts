import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processStartTime } from '@/lib/server/process-identity'
import { createJsonFile, replaceJsonFile } from '@/lib/server/providers/local/atomic-file'
import type { ReplicaFile, ShimFile, StatusFile } from '@/lib/server/providers/local/replica-files'
import { attemptPaths } from '@/lib/server/providers/local/replica-paths'
import { LogWriter } from './log-writer'
import { readReplicaFile } from './replica-file'
import { supervise } from './supervise'

const STATUS_RETRY_MS = 1000

/**
 * The shim: holds one start of one replica, and outlives whoever started it. Its one argument is the path of the
 * attempt's `replica.json`; its environment is the replica's.
 */
async function main(path: string): Promise<void> {
  const file = readReplicaFile(path)
  const paths = attemptPaths(dirname(path))
  const stop = listenForStop()
  const claim = makeClaim(file)
  // Whoever comes second has nothing to do: this attempt is being held already.
  if (!createJsonFile(paths.shim, claim)) return
  const writer = new LogWriter({ folder: file.logFolder, fileBytes: file.logFileBytes, files: file.logFiles })
  // The wish to stop may be older than this process's ears.
  const status = existsSync(paths.stop)
    ? neverStarted(file, writer)
    : await supervise({ file, paths, writer, claim, stop })
  writer.close()
  await writeStatus(paths.status, status)
}

function makeClaim(file: ReplicaFile): ShimFile {
  const startTime = processStartTime(process.pid)
  if (startTime === null) throw new Error('The system does not say when this process started.')
  return { nonce: file.nonce, pid: process.pid, startTime, child: null, startedAt: new Date().toISOString() }
}

/** SIGTERM stops the replica; nothing else from outside does (a terminal's hang-up or Ctrl-C is not for us). */
function listenForStop(): AbortSignal {
  const controller = new AbortController()
  process.on('SIGTERM', () => controller.abort())
  process.on('SIGINT', () => {})
  process.on('SIGHUP', () => {})
  return controller.signal
}

function neverStarted(file: ReplicaFile, writer: LogWriter): StatusFile {
  return {
    nonce: file.nonce,
    code: null,
    signal: null,
    outOfMemory: false,
    requested: true,
    error: null,
    at: new Date().toISOString(),
    logLines: writer.lines,
  }
}

/** The one fact nobody else has: on a full disk it is tried until it fits or its folder is gone. */
async function writeStatus(path: string, status: StatusFile): Promise<void> {
  while (existsSync(dirname(path))) {
    try {
      replaceJsonFile(path, status)
      return
    } catch (error) {
      console.error(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`)
      await sleep(STATUS_RETRY_MS)
    }
  }
}

// Whatever goes wrong in here, the replica must not lose the process that holds it.
process.on('uncaughtException', error => console.error(error))

const path = process.argv[2]
if (path === undefined) {
  console.error('usage: shim <replica.json>')
  process.exitCode = 2
} else {
  main(path).catch(error => {
    console.error(error)
    process.exitCode = 1
  })
}
