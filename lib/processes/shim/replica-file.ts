import { readFileSync } from 'node:fs'
import type { ReplicaFile } from '@/lib/server/providers/local/replica-files'

/**
 * Reads what to run. Checked by hand: the file comes from Slipway itself, and the schema library would cost every
 * replica's shim more memory than all the rest of it.
 */
export function readReplicaFile(path: string): ReplicaFile {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!isReplicaFile(value)) throw new Error(`${path} does not describe a replica.`)
  return value
}

function isReplicaFile(value: unknown): value is ReplicaFile {
  if (typeof value !== 'object' || value === null) return false
  const file: Partial<Record<keyof ReplicaFile, unknown>> = value
  const texts = [file.replicaId, file.nonce, file.command, file.cwd, file.logFolder]
  const numbers = [file.logFileBytes, file.logFiles, file.stopGraceSeconds]
  return (
    texts.every(text => typeof text === 'string') &&
    numbers.every(number => typeof number === 'number') &&
    (file.memoryLimitBytes === null || typeof file.memoryLimitBytes === 'number') &&
    Array.isArray(file.args) &&
    file.args.every(argument => typeof argument === 'string')
  )
}
