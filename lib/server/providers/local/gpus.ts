import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const TIMEOUT_MS = 3000
const run = promisify(execFile)

export type Gpu = { model: string; memoryBytes: number }

/** The machine's NVIDIA GPUs; none when there is no `nvidia-smi` or it does not answer. */
export async function findGpus(signal?: AbortSignal): Promise<Gpu[]> {
  try {
    const { stdout } = await run(
      'nvidia-smi',
      ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'],
      { timeout: TIMEOUT_MS, ...(signal ? { signal } : {}) },
    )
    return parseGpus(stdout)
  } catch {
    return []
  }
}

/** One line per GPU: name, MiB. */
export function parseGpus(csv: string): Gpu[] {
  return csv.split('\n').flatMap(line => {
    const match = /^\s*(.+?)\s*,\s*(\d+)\s*$/.exec(line)
    return match?.[1] ? [{ model: match[1], memoryBytes: Number(match[2]) * 1024 * 1024 }] : []
  })
}
