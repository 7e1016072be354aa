import { z } from 'zod'
import { LOG_LEVELS, LOG_STREAMS } from './line'

/** A line as scripts get it from the JSON page. */
export const logLineView = z.object({
  seq: z.number(),
  timeMs: z.number(),
  stream: z.enum(LOG_STREAMS),
  level: z.enum(LOG_LEVELS).nullable(),
  requestId: z.string().nullable(),
  replicaId: z.string(),
  revision: z.number(),
  text: z.string(),
  cutBytes: z.number().optional(),
  continues: z.literal(true).optional(),
  dropped: z.number().optional(),
})

/** One replica that wrote to this log, living or not. */
export const logReplicaView = z.object({
  id: z.string(),
  name: z.string(),
  revision: z.number(),
  state: z.string(),
  createdAt: z.string(),
  stoppedAt: z.string().nullable(),
})
export type LogReplicaView = z.infer<typeof logReplicaView>

export const logPage = z.object({
  /** Oldest first. */
  lines: z.array(logLineView),
  /** The sequence numbers this page accounts for; ask on from there. Null when the log is empty. */
  range: z.object({ first: z.number(), last: z.number() }).nullable(),
  /** What is kept of the log. */
  kept: z.object({ first: z.number(), last: z.number() }).nullable(),
  replicas: z.array(logReplicaView),
})
export type LogPage = z.infer<typeof logPage>

/** Lines over time: bars that have any, each counted by level code (none, then from least to most severe). */
export const logDensity = z.object({
  fromMs: z.number(),
  untilMs: z.number(),
  bucketMs: z.number(),
  buckets: z.array(z.object({ atMs: z.number(), counts: z.array(z.number()) })),
})
