import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Drift, Settlement } from '@/lib/domain/endpoint/drift'
import type { DesiredState, EndpointState } from '@/lib/domain/endpoint/state'
import type { ProviderKind } from '@/lib/domain/hardware/provider'
import type { Unreached } from '@/lib/domain/network/unreached'
import { instant } from './columns'
import { connections } from './connections'
import { teams } from './teams'
import { users } from './users'

export const endpoints = pgTable(
  'endpoints',
  {
    /** The identity. A name is free again once removal is confirmed. */
    id: uuid('id').primaryKey().defaultRandom(),
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    provider: text('provider').$type<ProviderKind>().notNull(),
    /** The account it runs in; null where the provider needs none. A deleted endpoint lets go of it. */
    connectionId: uuid('connection_id').references(() => connections.id, { onDelete: 'set null' }),

    /** Its own name at the provider, of one that was there before Slipway; null where Slipway made it. */
    providerName: text('provider_name'),
    /** Slipway only looks at it: nothing of it is changed at the provider. */
    isReadOnly: boolean('is_read_only').notNull().default(false),

    /* Intent: written by the portal only. */
    desired: text('desired').$type<DesiredState>().notNull().default('present'),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    updatedBy: uuid('updated_by').references(() => users.id, { onDelete: 'set null' }),

    /* Status: written by the controller that holds the lease only. */
    state: text('state').$type<EndpointState>().notNull().default('pending'),
    stateMessage: text('state_message').notNull().default(''),
    errorMessage: text('error_message'),
    /** The newest revision that became ready: what `updateFailed` still serves. */
    servingRevision: integer('serving_revision'),
    /**
     * The revision the controller gave up on (a crash loop). While it equals `revision` nothing of it is started
     * again; null means: try. Pausing clears it, and so does whoever asks for another try.
     */
    failedRevision: integer('failed_revision'),
    readyReplicas: integer('ready_replicas').notNull().default(0),
    targetReplicas: integer('target_replicas').notNull().default(0),
    /** Where the provider itself answers for it, when it has a front door of its own. */
    upstreamUrl: text('upstream_url'),
    /** The service that a private link of the team's connects to, where the provider has made one. */
    privateService: text('private_service'),
    /** Parsed with `settlement`. The portal clears it with a new intent, and marks in it what is to be restored. */
    settled: jsonb('settled').$type<Settlement>(),
    /** What was changed outside Slipway, parsed with `drift`; cleared by whoever resolves it. */
    drift: jsonb('drift').$type<Drift>(),
    /** That no gateway gets to its private address, parsed with `unreached`; written by whichever controller looked. */
    unreached: jsonb('unreached').$type<Unreached>(),
    /** Set when nothing of it is left at the provider; the row stays for its kept analytics, logs and events. */
    removedAt: instant('removed_at'),

    /** Written by the gateway, at most once a minute. */
    lastUsedAt: instant('last_used_at'),

    /* Lease: one active controller per endpoint; every write under it checks the epoch. */
    leaseHolder: text('lease_holder'),
    leaseEpoch: bigint('lease_epoch', { mode: 'number' }).notNull().default(0),
    leaseExpiresAt: instant('lease_expires_at'),
  },
  table => [
    uniqueIndex('endpoints_live_name').on(table.teamId, table.name).where(sql`${table.removedAt} is null`),
    uniqueIndex('endpoints_adopted')
      .on(table.connectionId, table.providerName)
      .where(sql`${table.removedAt} is null and ${table.providerName} is not null`),
    index('endpoints_team').on(table.teamId),
    index('endpoints_connection').on(table.connectionId),
  ],
)
