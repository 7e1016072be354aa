import { startProduct } from './product'

/** One built product for all journeys; workers find it through the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const { output, stop, remove, ...product } = await startProduct()
  process.env.SLIPWAY_E2E_PRODUCT = JSON.stringify(product)
  return async () => {
    const code = await stop()
    if (code !== 0) throw new Error(`The product did not stop cleanly (exit code ${code}):\n${output()}`)
    await remove()
  }
}
