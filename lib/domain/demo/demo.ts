import { z } from 'zod'
import type { SecurityLevel } from '@/lib/domain/access/security'
import type { Task } from '@/lib/domain/endpoint/task'

export const DEMO_KINDS = ['gradio', 'streamlit'] as const
export type DemoKind = (typeof DEMO_KINDS)[number]
export const demoKind = z.enum(DEMO_KINDS)

export const DEMO_LABELS: Record<DemoKind, string> = { gradio: 'Gradio', streamlit: 'Streamlit' }

/** The environment variable of the token, and the name of the Space's secret. */
export const TOKEN_SECRET = 'SLIPWAY_TOKEN'

/** Those the generated apps were run with (`lib/testing/demo`). */
export const DEMO_VERSIONS: Record<DemoKind, string> = { gradio: '6.31.0', streamlit: '1.67.0' }

/** Everything a demo is made of; no token. */
export type DemoOf = {
  name: string
  url: string
  task: Task
  security: SecurityLevel
  /** As people know the model: `acme/sentiment`. */
  model: string
}

export type DemoFile = { path: string; text: string }
