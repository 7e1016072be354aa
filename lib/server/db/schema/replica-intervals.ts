import { bigserial, doublePrecision, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { ReplicaState } from '@/lib/domain/endpoint/state'
import { instant } from './columns'
import { endpoints } from './endpoints'
import { replicas } from './replicas'

/**
 * A replica's life as intervals of one state, with the price of that time: the source of the replica timeline
 * and of every cost shown. The open interval has no end.
 */
export const replicaIntervals = pgTable(
  'replica_intervals',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    replicaId: uuid('replica_id')
      .notNull()
      .references(() => replicas.id, { onDelete: 'cascade' }),
    state: text('state').$type<ReplicaState>().notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    instanceType: text('instance_type').notNull(),
    /** Null where nobody has set a price. */
    priceUsdPerHour: doublePrecision('price_usd_per_hour'),
  },
  table => [
    index('replica_intervals_endpoint').on(table.endpointId, table.startedAt),
    index('replica_intervals_replica').on(table.replicaId),
  ],
)
