import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterEach, expect } from 'vitest'
import { DEFAULT_ADVANCED, type EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { EndpointState } from '@/lib/domain/endpoint/state'
import { type Controller, startController } from '@/lib/processes/controller/controller'
import type { ControllerSettings } from '@/lib/processes/controller/settings'
import type { Database } from '@/lib/server/db/client'
import type { Provider } from '@/lib/server/providers/port'
import { testDatabase } from './database'
import { readEndpoint } from './endpoint'

export const QUICK: Partial<ControllerSettings> = {
  leaseMs: 2_000,
  surveyMs: 100,
  afterStepMs: 10,
  inFlightMs: 30,
  idleMs: 80,
  remoteInFlightMs: 30,
  remoteIdleMs: 80,
  providerTimeoutMs: 1_000,
  logGraceMs: 0,
  haltMs: 5_000,
}

/** A controller in this process, in a hurry. */
export function startTestController(
  db: Database,
  provider: Provider,
  settings: Partial<ControllerSettings> = {},
): Controller & { holder: string } {
  const holder = `test-${randomUUID()}`
  const controller = startController({
    db,
    holder,
    providers: { of: async () => provider, all: async () => [provider] },
    logger: pino({ level: 'silent' }),
    settings: { ...QUICK, ...settings },
  })
  return { ...controller, holder }
}

/** Registers hooks that give the file its own database, and end after each test what `start` began and all endpoints. */
export function testControllers() {
  const database = testDatabase()
  const controllers: Controller[] = []
  afterEach(async () => {
    await Promise.all(controllers.splice(0).map(controller => controller.stop({ halt: [] })))
    await database.db.execute(sql`delete from endpoints`)
  })
  const start = (provider: Provider, settings: Partial<ControllerSettings> = {}) => {
    const controller = startTestController(database.db, provider, settings)
    controllers.push(controller)
    return controller
  }
  return { database, controllers, start }
}

export const fakeSpec = (changes: { replicas?: number; env?: Record<string, string> } = {}): EndpointSpec => {
  const { replicas = 1, env = {} } = changes
  return {
    model: { source: { kind: 'sample', name: 'sentiment' }, task: 'text-classification' },
    hardware: {
      provider: 'local',
      connection: null,
      region: 'here',
      instanceType: 'fake-x1',
      scaling: { minReplicas: replicas, maxReplicas: replicas, scaleToZeroTimeoutMinutes: null },
    },
    security: { level: 'protected' },
    advanced: { ...DEFAULT_ADVANCED, env },
    secretNames: [],
  }
}

export const becomes = (db: Database, endpointId: string, state: EndpointState, timeout = 15_000) =>
  expect.poll(async () => (await readEndpoint(db, endpointId)).state, { timeout, interval: 20 }).toBe(state)
