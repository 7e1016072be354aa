import { stopAllReplicas } from '@/lib/server/providers/local/shutdown'
import type { SupervisedDatabase } from './database'
import type { Program } from './program'
import { done, fault, step } from './terminal'

export type Running = {
  dataDir: string
  /** Aborted by the first Ctrl-C: a start in progress ends at its next step. */
  stopRequested: AbortController
  /** Settles when the start has succeeded, failed or ended early. */
  starting: Promise<void>
  gateway?: Program
  controller?: Program
  portal?: Program
  database?: SupervisedDatabase
  databaseWatch?: { stop: () => Promise<void> }
}

/**
 * The gateway first, which finishes and records what clients still wait for; then the controller, which stops the
 * replicas of this machine and leaves their specs alone; PostgreSQL last, because all of them write to it.
 */
export async function stopAll(running: Running): Promise<void> {
  const { gateway, controller, portal } = running
  await attempt('Gateway drained and stopped', gateway && (() => gateway.stop()))
  await attempt('Replicas and controller stopped', controller && (() => stopController(controller, running)))
  await attempt('Portal stopped', portal && (() => portal.stop()))
  await stopDatabase(running)
  done('Stopped. The next start restores everything.')
}

/** The controller stops replicas itself; where it had crashed, somebody must do it in its place. */
async function stopController(controller: Program, { dataDir }: Running): Promise<void> {
  await controller.stop()
  await stopAllReplicas({ dataDir })
}

/** One that does not stop must not keep the others running. */
async function attempt(text: string, work: (() => Promise<void>) | undefined): Promise<void> {
  if (!work) return
  try {
    await step(text, work)
  } catch (error) {
    fault(error instanceof Error ? error.message : String(error))
  }
}

/** The second Ctrl-C: no patience with requests and replicas; PostgreSQL still closes its files properly. */
export async function forceAll(running: Running): Promise<void> {
  const { gateway, controller, portal, dataDir } = running
  for (const program of [gateway, controller, portal]) program?.kill()
  await attempt('Replicas stopped', () => stopAllReplicas({ dataDir, force: AbortSignal.abort() }))
  await stopDatabase(running)
}

async function stopDatabase({ database, databaseWatch }: Running): Promise<void> {
  await databaseWatch?.stop()
  await attempt('PostgreSQL stopped', database?.embedded?.stop)
}
