import type { testDatabase } from './database'
import { FaultProxy } from './fault-proxy'
import { Portal } from './portal'
import { startServingSlipway } from './serving-slipway'
import { expectOk } from './specs'

/**
 * A portal with a `huggingface` connection to a second installation, with a proxy on the way there. Call
 * `testDataDir()` first, and allow 127.0.0.1 as a private host.
 */
export async function startConnectedPortal(test: ReturnType<typeof testDatabase>) {
  const elsewhere = await startServingSlipway()
  const faults = await new FaultProxy(elsewhere.url).start()
  const portal = await Portal.start(test)
  const settings = { kind: 'huggingface' as const, namespace: elsewhere.team.slug, baseUrl: faults.url }
  const token = await elsewhere.token('write')
  const made = await portal.connect(settings, { token })
  const stop = async () => {
    await portal.stop()
    await faults.stop()
    await elsewhere.stop()
  }
  const { team, owner, bearer, gateway, ref, look, becomes, call } = portal
  const connectionId = expectOk(made).id
  return {
    ...{ elsewhere, faults, settings, token, connectionId },
    ...{ team, owner, bearer, gateway, ref, look, becomes, call, stop },
  }
}

export type ConnectedPortal = Awaited<ReturnType<typeof startConnectedPortal>>
