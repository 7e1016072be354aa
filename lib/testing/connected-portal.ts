import { pino } from 'pino'
import { type Controller, startController } from '@/lib/processes/controller/controller'
import { sealingKey } from '@/lib/server/secrets/key'
import { createConnection } from '@/lib/server/services/connections/create-connection'
import { providerSource } from '@/lib/server/services/connections/provider-source'
import { makePerson, makeTeam, makeToken } from './access'
import { QUICK } from './controller'
import type { testDatabase } from './database'
import { FaultProxy } from './fault-proxy'
import { GatewayProcess } from './gateway'
import { startServingSlipway } from './serving-slipway'
import { expectOk } from './specs'

/**
 * A portal with a team, its controller and gateway, and a `huggingface` connection to a second installation, with a
 * proxy on the way there. Call `testDataDir()` first, and allow 127.0.0.1 as a private host.
 */
export async function startConnectedPortal({ db, url }: ReturnType<typeof testDatabase>) {
  const elsewhere = await startServingSlipway()
  const faults = await new FaultProxy(elsewhere.url).start()
  const team = await makeTeam(db)
  const owner = await makePerson(db, team, 'owner')
  const bearer = { authorization: `Bearer ${(await makeToken(db, team, owner, 'infer')).text}` }
  const settings = {
    kind: 'huggingface' as const,
    namespace: elsewhere.team.slug,
    baseUrl: faults.url,
  }
  const secrets = { token: await elsewhere.token('write') }
  const made = await createConnection(owner.ctx, { team: team.slug, name: 'Elsewhere', settings, secrets })
  const connectionId = expectOk(made).id
  const controller: Controller = startController({
    db,
    holder: 'downstream',
    providers: providerSource(db),
    logger: pino({ level: 'silent' }),
    settings: { ...QUICK, providerTimeoutMs: 10_000 },
  })
  const gateway = await new GatewayProcess(url, {
    SLIPWAY_ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
    SLIPWAY_SECRET_KEY: sealingKey().toString('base64'),
  }).start()
  const stop = async () => {
    await gateway.dispose()
    await controller.stop({ halt: [] })
    await faults.stop()
    await elsewhere.stop()
  }
  return { elsewhere, faults, team, owner, bearer, settings, connectionId, controller, gateway, stop }
}

export type ConnectedPortal = Awaited<ReturnType<typeof startConnectedPortal>>
