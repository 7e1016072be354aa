import { resolve } from 'node:path'
import { SAMPLE_MODEL_DIR } from '@/lib/domain/endpoint/sample'
import { type Env, env, machineEnvironment } from '@/lib/server/env'
import { LOG_FILE_BYTES, LOG_FILES } from './log-format'
import { type Machine, thisMachine } from './machine'

/** Everything the local provider takes from outside, in one value, so that tests can make another. */
export type LocalSettings = {
  dataDir: string
  distDir: string
  modelsDir: string | null
  sampleModelDir: string
  /** What every replica's environment begins with. */
  baseEnv: Readonly<Record<string, string>>
  prices: { usdPerCpuHour: number | null; usdPerGbHour: number | null; usdPerGpuHour: number | null }
  machine: () => Machine
  stopGraceSeconds: number
  logFileBytes: number
  logFiles: number
}

/** The model server finishes what it started within 30 s; SIGKILL comes after that. */
const STOP_GRACE_SECONDS = 35

export function localSettings(source: Env = env()): LocalSettings {
  return {
    dataDir: source.SLIPWAY_DATA_DIR,
    distDir: source.SLIPWAY_DIST_DIR,
    modelsDir: source.SLIPWAY_MODELS_DIR ?? null,
    sampleModelDir: resolve(SAMPLE_MODEL_DIR),
    baseEnv: {
      ...machineEnvironment(),
      HF_ENDPOINT: source.HF_ENDPOINT,
      HF_HOME: source.HF_HOME,
      ...(source.HF_TOKEN ? { HF_TOKEN: source.HF_TOKEN } : {}),
      SLIPWAY_BODY_LIMIT_BYTES: String(source.SLIPWAY_MAX_BODY_BYTES),
    },
    prices: {
      usdPerCpuHour: source.SLIPWAY_LOCAL_USD_PER_CPU_HOUR ?? null,
      usdPerGbHour: source.SLIPWAY_LOCAL_USD_PER_GB_HOUR ?? null,
      usdPerGpuHour: source.SLIPWAY_LOCAL_USD_PER_GPU_HOUR ?? null,
    },
    machine: () => thisMachine(),
    stopGraceSeconds: STOP_GRACE_SECONDS,
    logFileBytes: LOG_FILE_BYTES,
    logFiles: LOG_FILES,
  }
}
