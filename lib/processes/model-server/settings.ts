import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { MODEL_SERVER_TASKS } from '@/lib/domain/endpoint/task'

const MIB = 1024 * 1024

/** An empty variable is an unset one. */
const unset = (value: unknown) => (value === '' ? undefined : value)
const text = z.preprocess(unset, z.string().trim().optional())
const count = (fallback: number) =>
  z.preprocess(value => unset(value) ?? fallback, z.coerce.number().int().positive())

/** The environment contract: HF's inference toolkit's names, and Slipway's own for what it has no name for. */
const schema = z
  .object({
    HF_MODEL_ID: text,
    HF_REVISION: text,
    HF_MODEL_DIR: text,
    HF_TASK: z.preprocess(unset, z.enum(MODEL_SERVER_TASKS)),
    HF_ENDPOINT: z
      .preprocess(value => unset(value) ?? 'https://huggingface.co', z.url({ protocol: /^https?$/ }))
      .transform(url => url.replace(/\/+$/, '')),
    HF_TOKEN: text,
    HF_HOME: z.preprocess(value => unset(value) ?? join(homedir(), '.cache', 'huggingface'), z.string()),
    HF_HUB_OFFLINE: z.preprocess(value => ['1', 'true', 'yes', 'on'].includes(String(value)), z.boolean()),
    HOST: z.preprocess(value => unset(value) ?? '127.0.0.1', z.string()),
    PORT: z.preprocess(value => unset(value) ?? 0, z.coerce.number().int().min(0).max(65_535)),
    SLIPWAY_PORT_FILE: text,
    SLIPWAY_THREADS: count(1),
    SLIPWAY_BODY_LIMIT_BYTES: count(64 * MIB),
    SLIPWAY_QUEUE_LIMIT: count(64),
    /** Which of a repository's weights to load (fp32, fp16, q8, q4 …); by default the best that is there. */
    SLIPWAY_DTYPE: text,
  })
  .refine(value => Boolean(value.HF_MODEL_ID) !== Boolean(value.HF_MODEL_DIR), {
    path: ['HF_MODEL_ID'],
    message: 'Set either HF_MODEL_ID (a Hub repository) or HF_MODEL_DIR (a folder).',
  })

export type ModelSource =
  | { kind: 'folder'; folder: string }
  | {
      kind: 'hub'
      repository: string
      revision: string
      endpoint: string
      token: string | null
      /** HF_HOME; models are below `hub/`, laid out as huggingface_hub does. */
      home: string
      offline: boolean
    }

export type Settings = {
  source: ModelSource
  task: (typeof MODEL_SERVER_TASKS)[number]
  threads: number
  dtype: string | null
  host: string
  port: number
  portFile: string | null
  bodyLimitBytes: number
  queueLimit: number
}

/** @throws Error whose message names every variable that is not usable. */
export function parseSettings(environment: Record<string, string | undefined>): Settings {
  const parsed = schema.safeParse(environment)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`These environment variables are not usable: ${lines.join('; ')}`)
  }
  const value = parsed.data
  return {
    source: sourceOf(value),
    task: value.HF_TASK,
    threads: value.SLIPWAY_THREADS,
    dtype: value.SLIPWAY_DTYPE ?? null,
    host: value.HOST,
    port: value.PORT,
    portFile: value.SLIPWAY_PORT_FILE ?? null,
    bodyLimitBytes: value.SLIPWAY_BODY_LIMIT_BYTES,
    queueLimit: value.SLIPWAY_QUEUE_LIMIT,
  }
}

function sourceOf(value: z.infer<typeof schema>): ModelSource {
  if (!value.HF_MODEL_ID) {
    const folder = value.HF_MODEL_DIR ?? ''
    return { kind: 'folder', folder: isAbsolute(folder) ? folder : resolve(folder) }
  }
  return {
    kind: 'hub',
    repository: value.HF_MODEL_ID,
    revision: value.HF_REVISION ?? 'main',
    endpoint: value.HF_ENDPOINT,
    token: value.HF_TOKEN ?? null,
    home: resolve(value.HF_HOME),
    offline: value.HF_HUB_OFFLINE,
  }
}
