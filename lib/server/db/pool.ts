import pg from 'pg'

/**
 * A pool that takes lost clients back by itself. drizzle's `transaction()` runs `begin` before the `try` whose end
 * releases the client (drizzle-orm #6241, #6114): every connection lost at that moment would cost a place of the
 * pool, until none is left and everything waits for ever.
 */
export class SelfHealingPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (!callback) return super.connect().then(releasedWhenLost)
    // The pool's own `query`, which releases whatever happens.
    super.connect(callback)
    return undefined
  }
}

function releasedWhenLost(client: pg.PoolClient): pg.PoolClient {
  const { release } = client
  let isOut = true
  const giveBack = (error?: Error | boolean) => {
    if (!isOut) return
    isOut = false
    client.off('end', lost)
    release(error)
  }
  const lost = () => giveBack(true)
  client.once('end', lost)
  client.release = giveBack
  return client
}
