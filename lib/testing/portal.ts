import { pino } from 'pino'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { createConnectionInput } from '@/lib/domain/connections/inputs'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { type Controller, startController } from '@/lib/processes/controller/controller'
import { sealingKey } from '@/lib/server/secrets/key'
import { createConnection } from '@/lib/server/services/connections/create-connection'
import { providerSource } from '@/lib/server/services/connections/provider-source'
import { getEndpoint } from '@/lib/server/services/endpoints/get-endpoint'
import { makePerson, makeTeam, makeToken, type TestTeam } from './access'
import { QUICK } from './controller'
import type { testDatabase } from './database'
import { GatewayProcess } from './gateway'
import { expectOk } from './specs'

/** For what takes instances, processes and several looks of a controller. */
export const WAIT = { timeout: 40_000, interval: 100 }

type Connecting = z.output<typeof createConnectionInput>
type Owner = Awaited<ReturnType<typeof makePerson>>

/**
 * A portal with a team, its owner, a controller that knows whatever connections there are, and a gateway. Call
 * `testDataDir()` first, and allow 127.0.0.1 as a private host.
 */
export class Portal {
  private constructor(
    readonly team: TestTeam,
    readonly owner: Owner,
    /** Of a token that may call. */
    readonly bearer: { authorization: string },
    readonly gateway: GatewayProcess,
    private readonly controller: Controller,
  ) {}

  static async start(
    { db, url }: ReturnType<typeof testDatabase>,
    gatewayEnvironment: Record<string, string> = {},
  ): Promise<Portal> {
    const team = await makeTeam(db)
    const owner = await makePerson(db, team, 'owner')
    const bearer = { authorization: `Bearer ${(await makeToken(db, team, owner, 'infer')).text}` }
    const controller = startController({
      db,
      holder: 'downstream',
      providers: providerSource(db),
      logger: pino({ level: 'silent' }),
      settings: { ...QUICK, providerTimeoutMs: 20_000 },
    })
    const gateway = await new GatewayProcess(url, {
      SLIPWAY_ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
      SLIPWAY_SECRET_KEY: sealingKey().toString('base64'),
      ...gatewayEnvironment,
    }).start()
    return new Portal(team, owner, bearer, gateway, controller)
  }

  connect = (settings: Connecting['settings'], secrets: Connecting['secrets']) =>
    createConnection(this.owner.ctx, { team: this.team.slug, name: 'Elsewhere', settings, secrets })

  ref = (endpoint: string) => ({ team: this.team.slug, endpoint })

  look = async (endpoint: string): Promise<EndpointDetail> =>
    expectOk(await getEndpoint(this.owner.ctx, this.ref(endpoint)))

  becomes = (endpoint: string, state: string) =>
    expect.poll(async () => (await this.look(endpoint)).state, WAIT).toBe(state)

  /** By its id: the name of one that is removed is free again. */
  isRemoved = (id: string) => expect.poll(async () => (await this.look(id)).removedAt, WAIT).not.toBeNull()

  /** With its token, unless other headers say otherwise. */
  call = (endpoint: string, route: string, { headers, ...init }: RequestInit = {}) =>
    fetch(`${this.gateway.url}/${this.team.slug}/${endpoint}${route}`, {
      ...init,
      headers: { ...this.bearer, ...headers },
    })

  async stop(): Promise<void> {
    await this.gateway.dispose()
    await this.controller.stop({ halt: [] })
  }
}
