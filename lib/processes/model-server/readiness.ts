import type { LoadPhase } from './engine/protocol'

/** Where the server is in its life; `/health` tells it. */
export type Readiness =
  | { kind: 'starting'; phase: LoadPhase; message: string; progress: number | null }
  | { kind: 'ready' }
  | { kind: 'stopping' }
