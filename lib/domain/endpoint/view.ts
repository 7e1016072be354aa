import { z } from 'zod'
import { TOKEN_SCOPES } from '@/lib/domain/access/tokens'
import { PROVIDER_KINDS } from '@/lib/domain/hardware/provider'
import { unreachedView } from '@/lib/domain/network/unreached'
import { driftView } from './drift-view'
import { EVENT_KINDS } from './event'
import { endpointSpec } from './spec'
import { DESIRED_STATES, ENDPOINT_STATES, REPLICA_STATES } from './state'
import { TASKS } from './task'

/** What pages and scripts see of an endpoint. Times are ISO strings in UTC, so both transports carry the same. */
const person = z.object({ id: z.string(), name: z.string() }).nullable()

export const endpointSummary = z.object({
  id: z.string(),
  team: z.string(),
  name: z.string(),
  state: z.enum(ENDPOINT_STATES),
  desired: z.enum(DESIRED_STATES),
  message: z.string(),
  errorMessage: z.string().nullable(),
  task: z.enum(TASKS),
  /** What people call the model: a repository, "sample: sentiment", a folder, an image. */
  model: z.string(),
  provider: z.enum(PROVIDER_KINDS),
  region: z.string(),
  instanceType: z.string(),
  instanceLabel: z.string(),
  security: z.enum(['public', 'protected', 'private']),
  /** Calls go past Slipway: no token of ours is of use. */
  isDirectOnly: z.boolean(),
  tags: z.array(z.string()),
  readyReplicas: z.number(),
  targetReplicas: z.number(),
  revision: z.number(),
  servingRevision: z.number().nullable(),
  /** Of all wanted replicas; null where no price is set. */
  costUsdPerHour: z.number().nullable(),
  /** Last 24 hours; p95 is null without requests. */
  requests24h: z.number(),
  p95Ms: z.number().nullable(),
  /** Requests in each of the last 24 hours, oldest first. */
  sparkline: z.array(z.number()),
  url: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** When nothing of it was left at its provider; until retention ends it can be read by its id. */
  removedAt: z.string().nullable(),
  drift: driftView.nullable(),
  /** Since when the gateway does not get to its private address; calls fail meanwhile. */
  unreached: unreachedView.nullable(),
  /** Adopted from the account, and only looked at. */
  isReadOnly: z.boolean(),
})
export type EndpointSummary = z.infer<typeof endpointSummary>

export const endpointList = z.object({ items: z.array(endpointSummary) })

export const replicaView = z.object({
  id: z.string(),
  name: z.string(),
  revision: z.number(),
  state: z.enum(REPLICA_STATES),
  message: z.string(),
  restarts: z.number(),
  createdAt: z.string(),
  readyAt: z.string().nullable(),
  stoppedAt: z.string().nullable(),
  exit: z
    .object({
      code: z.number().nullable(),
      signal: z.string().nullable(),
      outOfMemory: z.boolean(),
      at: z.string(),
    })
    .nullable(),
})
export type ReplicaView = z.infer<typeof replicaView>

export const endpointDetail = endpointSummary.extend({
  spec: endpointSpec,
  createdBy: person,
  updatedBy: person,
  /** Where the provider itself answers, when it has a front door of its own; closed to all but its account. */
  upstreamUrl: z.string().nullable(),
  /** The service that a private link of the team's connects to, where the provider has made one. */
  privateService: z.string().nullable(),
  /** Living ones first, then the last few that stopped. */
  replicas: z.array(replicaView),
})
export type EndpointDetail = z.infer<typeof endpointDetail>

export const eventView = z.object({
  id: z.number(),
  at: z.string(),
  kind: z.enum(EVENT_KINDS),
  /** Of `stateChanged`: the state it led to. */
  state: z.enum(ENDPOINT_STATES).nullable(),
  message: z.string(),
  actorKind: z.enum(['user', 'token', 'system']),
  actorName: z.string(),
  revision: z.number().nullable(),
  replicaId: z.string().nullable(),
})
export type EventView = z.infer<typeof eventView>

export const eventPage = z.object({ items: z.array(eventView), hasMore: z.boolean() })

export const revisionView = z.object({
  number: z.number(),
  createdAt: z.string(),
  createdBy: person,
  summary: z.string(),
  spec: endpointSpec,
})
export type RevisionView = z.infer<typeof revisionView>

export const revisionList = z.object({ items: z.array(revisionView) })

export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  preview: z.string(),
  /** It is the secret of a Space at Hugging Face. */
  isOfSpace: z.boolean(),
  scope: z.enum(TOKEN_SCOPES),
  endpoint: z.object({ id: z.string(), name: z.string() }).nullable(),
  createdBy: z.string(),
  createdById: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
})
export type TokenView = z.infer<typeof tokenView>

export const tokenList = z.object({ items: z.array(tokenView) })
